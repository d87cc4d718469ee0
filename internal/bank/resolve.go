package bank

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// resolve puts a prompt together with all that it refers to. The item is whole only without problems.
func (b *Bank) resolve(p *loaded[Prompt]) (*Item, Problems) {
	ps := slices.Clone(p.problems)
	common, broken := b.words()
	ps = append(ps, broken...)
	entry := b.frameworks().byID[p.value.Framework]
	if entry == nil {
		if p.value.Framework != "" {
			ps = append(ps, b.noFramework(p.value.Framework, p.at("framework")))
		}
		return nil, ps
	}
	f := entry.load()
	ps = append(ps, f.problems...)
	if f.node == nil || p.node == nil {
		return nil, ps
	}
	it := &Item{Prompt: p.value, Framework: f.value, place: p.place}
	own := over(p.place, p.value.Vocab, common)
	it.Vocab = own.text
	for _, c := range p.value.Criteria {
		c.topic, c.words = p.value.Topic, own
		ps = append(ps, fits(&c, &f.value, c.At)...)
		it.Criteria = append(it.Criteria, c)
	}
	ps = append(ps, modelFits(p, &f.value)...)
	s := &sharing{bank: b, framework: &f.value, common: common, taken: map[string]string{}}
	s.add(f.place, f.value.Rubrics, frameworkName(&f.value))
	s.add(p.place, p.value.Rubrics, "")
	it.Criteria = append(it.Criteria, s.criteria...)
	if ps = append(ps, s.problems...); len(ps) == 0 && len(it.Criteria) == 0 {
		ps = append(ps, Problem{Pos: p.at(), Msg: "no criteria, neither own nor shared: nothing could be judged"})
	}
	it.Digest = digestOf(*it)
	return it, ps
}

func frameworkName(f *Framework) string { return fmt.Sprintf("framework %q", f.ID) }

func (b *Bank) noFramework(id string, at Pos) Problem {
	return Problem{Pos: at, Msg: fmt.Sprintf("no framework %q%s", id, nearest(near(id, b.frameworks().ids())))}
}

// fits holds a criterion against the framework that will ask it; at tells where to complain.
func fits(c *Criterion, f *Framework, at func(path ...any) Pos) (ps Problems) {
	if c.Phase != "" && len(phaseIDs(f)) > 0 && !slices.Contains(phaseIDs(f), c.Phase) {
		ps = append(ps, Problem{Pos: at("phase"), Msg: fmt.Sprintf("criterion %q: framework %q has no phase %q (phases: %s)", c.ID, f.ID, c.Phase, strings.Join(phaseIDs(f), ", "))})
	}
	last := -1
	for i, l := range c.Levels {
		rung := slices.Index(f.Ladder, l.Name)
		switch ladder := strings.Join(f.Ladder, ", "); {
		case l.Name == "" || rung == last || len(f.Ladder) == 0:
		case rung < 0:
			ps = append(ps, Problem{Pos: at("levels", i, "name"), Msg: fmt.Sprintf("criterion %q: level %q is not on the ladder of framework %q (%s)", c.ID, l.Name, f.ID, ladder)})
		case rung < last:
			ps = append(ps, Problem{Pos: at("levels", i, "name"), Msg: fmt.Sprintf("criterion %q: level %q stands above a higher one, the ladder of framework %q is %s", c.ID, l.Name, f.ID, ladder)})
		}
		last = max(last, rung)
	}
	return ps
}

func phaseIDs(f *Framework) (ids []string) {
	for _, p := range f.Phases {
		if p.ID != "" {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func modelFits(p *loaded[Prompt], f *Framework) (ps Problems) {
	for _, phase := range slices.Sorted(maps.Keys(p.value.Model)) {
		if !slices.Contains(phaseIDs(f), phase) {
			ps = append(ps, Problem{Pos: p.keyAt("model", phase), Msg: fmt.Sprintf("model: framework %q has no phase %q (phases: %s)", f.ID, phase, strings.Join(phaseIDs(f), ", "))})
		}
	}
	return ps
}

// sharing collects the criteria that a framework and a prompt take from rubrics.
type sharing struct {
	bank      *Bank
	framework *Framework
	common    *words
	taken     map[string]string // who took a criterion
	criteria  []Criterion
	problems  Problems
}

// add takes the listed rubrics; by names who lists them, "" for the prompt.
func (s *sharing) add(list place, refs []string, by string) {
	OnAllCores(len(refs), func(i int) { // parsed side by side, then taken in order
		id, only, _ := strings.Cut(refs[i], "/")
		if e := s.bank.rubrics().byID[id]; e != nil {
			s.read(e, only)
		}
	})
	for i, ref := range refs {
		if ref == "" {
			continue
		}
		say := func(format string, args ...any) {
			s.problems = append(s.problems, Problem{Pos: list.at("rubrics", i), Msg: fmt.Sprintf(format, args...)})
		}
		id, only, one := strings.Cut(ref, "/")
		entry := s.bank.rubrics().byID[id]
		if entry == nil {
			say("no rubric %q%s", id, nearest(near(id, s.bank.rubrics().ids())))
			continue
		}
		r := s.read(entry, only)
		s.problems = append(s.problems, r.problems...)
		if r.node == nil {
			continue
		}
		found := false
		for _, c := range r.value.Criteria {
			if !one || c.ID == only {
				found = true
				s.take(c, r, by, func(...any) Pos { return list.at("rubrics", i) })
			}
		}
		switch {
		case !found && one:
			say("rubric %q has no criterion %q%s", id, only, nearest(near(only, criterionIDs(&r.value))))
		case !found && len(r.problems) == 0:
			say("rubric %q has no criteria: its vocabulary counts everywhere, leave it out here", id)
		}
	}
}

// read parses as much of a rubric as is asked for, and all of it where that would not be found.
func (s *sharing) read(e *entry[Rubric], only string) *loaded[Rubric] {
	if only == "" {
		return e.load()
	}
	return s.bank.one(e, only)
}

func criterionIDs(r *Rubric) (ids []string) {
	for _, c := range r.Criteria {
		ids = append(ids, c.ID)
	}
	return ids
}

func (s *sharing) take(c Criterion, from *loaded[Rubric], by string, at func(...any) Pos) {
	c.ID = from.value.ID + "/" + c.ID
	if who, ok := s.taken[c.ID]; ok {
		msg := fmt.Sprintf("%s is listed twice", c.ID)
		if who != by {
			msg = fmt.Sprintf("%s is listed already by the %s", c.ID, who)
		}
		s.problems = append(s.problems, Problem{Pos: at(), Msg: msg})
		return
	}
	s.taken[c.ID] = by
	c.rubric, c.topic = from.value.ID, from.value.Topic
	c.words = over(from.place, from.value.Vocab, s.common)
	s.problems = append(s.problems, fits(&c, s.framework, at)...)
	s.criteria = append(s.criteria, c)
}

// over lays the names of a document over those for all.
func over(at place, vocab map[string]string, common *words) *words {
	if len(vocab) == 0 {
		return common
	}
	text := maps.Clone(common.text)
	maps.Copy(text, vocab)
	return &words{text, append([]place{at}, common.from...)}
}

// vocabularies gathers the names of all rubrics without criteria; a name of a higher layer wins, then the later file.
// A line that begins with the key tells most rubrics apart without a parse.
func vocabularies(s *shelf[Rubric]) (*words, Problems) {
	w, ps := &words{text: map[string]string{}}, Problems{}
	for _, e := range s.entries {
		if s.byID[e.id] != e || hasCriteria(e.text) {
			continue
		}
		got := e.load()
		if len(got.value.Criteria) > 0 {
			continue
		}
		if ps = append(ps, got.problems...); got.node != nil {
			maps.Copy(w.text, got.value.Vocab)
			w.from = append([]place{got.place}, w.from...)
		}
	}
	return w, ps
}

// digestOf takes the digest when it is first asked for: beside the grading, which does not need it.
func digestOf(it Item) func() string { return sync.OnceValue(func() string { return digest(&it) }) }

// digest is over what can change points, levels or evidence, and not over what only explains them.
func digest(it *Item) string {
	type scope struct {
		Topic []string
		Vocab map[string]string
	}
	of := struct {
		Ladder   []string
		Share    float64
		Scopes   map[string]scope
		Criteria []Criterion
		Trial    *Trial `json:",omitempty"`
	}{Ladder: it.Framework.Ladder, Share: it.Framework.Share, Scopes: map[string]scope{"": {it.Prompt.Topic, it.Vocab}}, Criteria: slices.Clone(it.Criteria)}
	if t := it.Prompt.Trial; t.Given() {
		t.Right, t.Wrong = nil, nil
		of.Trial = &t
	}
	for i := range of.Criteria {
		c := &of.Criteria[i]
		of.Scopes[c.rubric] = scope{c.Topic(), c.Vocab()}
		c.Title, c.Concept, c.Why, c.Probe, c.Examples = "", "", "", "", Examples{}
		c.Levels = slices.Clone(c.Levels)
		for j := range c.Levels {
			c.Levels[j].Descriptor = ""
		}
	}
	sum := sha256.New()
	if err := json.NewEncoder(lineTo{sum}).Encode(of); err != nil {
		panic(err) // plain structs of texts and numbers
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

// lineTo passes lines on without their ends. An encoder copies nothing, which of a rubric would be a hundred kilobytes.
type lineTo struct{ io.Writer }

func (l lineTo) Write(line []byte) (int, error) {
	_, err := l.Writer.Write(bytes.TrimSuffix(line, []byte("\n")))
	return len(line), err
}
