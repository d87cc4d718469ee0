package grade

import (
	"strings"

	"interview/internal/diagram"
	"interview/internal/lexicon"
)

// mostLabels is in how many different words of labels typing errors are looked for.
const mostLabels = 400

// speller mends the typing errors in the labels of a drawing, so that "Kfaka" is the box "Kafka": a word that is no English one
// and none of the rubric's, one edit from one that is, or from one of another label.
type speller struct {
	rubric []string          // words that paths are asked for in
	others []string          // English words of the labels
	mended map[string]string // by word; itself if it is right
}

func newSpeller(graphs []diagram.Graph, rubric []string) *speller {
	s := &speller{rubric: rubric, mended: map[string]string{}}
	each := func(label string) {
		for _, w := range labelWords(label) {
			if _, ok := s.mended[w]; !ok && len(s.mended) < mostLabels {
				s.mended[w] = w
				if lexicon.English([]byte(w)) {
					s.others = append(s.others, w)
				}
			}
		}
	}
	for _, g := range graphs {
		for _, n := range g.Nodes {
			each(n.Label)
		}
		for _, group := range g.Groups {
			each(group.Label)
		}
	}
	for w := range s.mended {
		s.mended[w] = s.nearest(w)
	}
	return s
}

// labelWords are the words of a label that may hold a typing error.
func labelWords(label string) []string {
	return strings.FieldsFunc(strings.ToLower(label), func(c rune) bool { return c < 'a' || c > 'z' })
}

// nearest returns the first word that one edit makes of w, w itself if there is none or w is right.
func (s *speller) nearest(w string) string {
	if len(w) < lexicon.ShortestMended || lexicon.English([]byte(w)) {
		return w
	}
	for _, list := range [...][]string{s.rubric, s.others} {
		near := ""
		for _, k := range list {
			if k == w {
				return w
			}
			if near == "" && len(k) >= len(w)-1 && len(k) > lexicon.ShortestMended && lexicon.OneEdit(w, k) {
				near = k
			}
		}
		if near != "" {
			return near
		}
	}
	return w
}

// mend corrects all labels.
func (s *speller) mend(graphs []diagram.Graph) {
	for _, g := range graphs {
		for i := range g.Nodes {
			g.Nodes[i].Label = s.label(g.Nodes[i].Label)
		}
		for i := range g.Groups {
			g.Groups[i].Label = s.label(g.Groups[i].Label)
		}
	}
}

func (s *speller) label(label string) string {
	low := strings.ToLower(label)
	for _, w := range labelWords(low) {
		if right := s.mended[w]; right != "" && right != w {
			low, label = strings.Replace(low, w, right, 1), ""
		}
	}
	if label == "" {
		return low
	}
	return label
}
