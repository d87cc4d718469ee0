package grade

import (
	"strings"
	"testing"
)

// Who knows the field is not doubted for his directions; whoever has it the wrong way round is, and the lines that show it
// are quoted. The table knows too few words of a dynamic program, whose rubrics foresee what is turned.
func TestDoubtOfDirection(t *testing.T) {
	const why = "say the reverse of what is usual"
	eachSubject(t, func(s *subject) {
		if s.item.Prompt.Track != "system-design" {
			return
		}
		for _, name := range sortedKeys(s.texts) {
			doubted := 0
			for _, sc := range s.grade(s.texts[name]).Screens {
				doubted += b2i(strings.HasPrefix(sc.Why, why) && sc.End > sc.Start)
			}
			switch kind := name[strings.Index(name, "/")+1:]; {
			case (strings.HasPrefix(kind, "strong") || strings.HasPrefix(kind, "mediocre")) && doubted > 0:
				t.Errorf("%s %s: %d lines are taken for turned round", s.id, name, doubted)
			case strings.HasPrefix(name, "answers/swapped") && doubted == 0 && ratchets[s.id+"/answers: opposites swapped"].why == "":
				t.Errorf("%s %s: nothing is taken for turned round", s.id, name)
			}
		}
	})
}

// A rubric's own words are never turned round, however unusual they are in the bank.
func TestOwnTurnsAreUsual(t *testing.T) {
	it, err := builtin().Item("url-shortener")
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := Compile(it)
	own := sheet.ownSays.has(sheet)
	if len(sheet.ownSays.pairs) < 1000 {
		t.Fatalf("%d pairs of its own", len(sheet.ownSays.pairs))
	}
	var model []Answer
	for _, p := range it.Framework.Phases {
		model = append(model, Answer{p.ID, it.Prompt.Model[p.ID]})
	}
	r := sheet.read(model)
	defer r.release()
	if stray := r.strayed(own); stray > 0 {
		t.Errorf("the model answer strays by %.1f", stray)
	}
}

func TestRefusals(t *testing.T) {
	it, err := builtin().Item("url-shortener")
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := Compile(it)
	count := func(text string) int {
		r := sheet.read([]Answer{{"", text}})
		defer r.release()
		m := r.marker()
		return m.refusals()
	}
	const denied = "No collision check is needed, we never retry when the short code exists. There is no cache for hot links, and no 301 redirect."
	if n := count(denied); n < 2 {
		t.Errorf("%d claims are refused in %q", n, denied)
	}
	if n := count(strings.NewReplacer("No ", "A ", "never ", "", "no ", "a ").Replace(denied)); n > 0 {
		t.Errorf("%d claims are refused where nothing is", n)
	}
}
