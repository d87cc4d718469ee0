package trial

import (
	"cmp"
	"fmt"
	"strings"
)

// minPlanted is how many planted faults a setup has at least.
const minPlanted = 4

// Flaw is what is wrong with a reference answer of a setup.
type Flaw struct {
	Wrong bool // of the list of wrong ones, else of the right ones
	Index int  // in its list; -1 for the list itself
	Msg   string
}

func (f Flaw) String() string {
	list := "right"
	if f.Wrong {
		list = "wrong"
	}
	return fmt.Sprintf("%s %d: %s", list, f.Index+1, f.Msg)
}

// Prove runs the reference answers: nothing may be found in a right one, and of a planted fault exactly the piece that it
// names. Not in full, it takes one planted fault for each piece, half of the inputs, and counts work once.
func (b *Bench) Prove(full bool) (flaws []Flaw) {
	if !full {
		all := b.inputs
		b.inputs = thinned(all)
		defer func() { b.inputs = all }()
	}
	for i := range b.setup.Right {
		r := b.setup.Right[i]
		if i > 0 && !full {
			r.Time = ""
		}
		for _, f := range b.Do(r.pieces()).Findings {
			if !f.OK {
				flaws = append(flaws, Flaw{Index: i, Msg: f.line()})
			}
		}
	}
	seen := map[string]bool{}
	for i := range b.setup.Wrong {
		if blame := b.setup.Wrong[i].Blame; (seen[blame] || blame == Growth) && !full {
			continue
		} else {
			seen[blame] = true
		}
		if msg := b.planted(&b.setup.Wrong[i]); msg != "" {
			flaws = append(flaws, Flaw{true, i, msg})
		}
	}
	if len(b.setup.Wrong) < minPlanted {
		flaws = append(flaws, Flaw{true, -1, fmt.Sprintf("want at least %d planted faults, have %d", minPlanted, len(b.setup.Wrong))})
	}
	return flaws
}

// thinned is every second input.
func thinned(all []*input) (some []*input) {
	for i := 0; i < len(all); i += 2 {
		some = append(some, all[i])
	}
	return some
}

// planted says what is wrong with a planted fault, "" for nothing.
func (b *Bench) planted(w *Reference) string {
	if w.Of < 1 || w.Of > len(b.setup.Right) {
		return "there is no right answer to make it from"
	}
	r := b.setup.Right[w.Of-1]
	for _, f := range []struct{ to, from *string }{{&r.Relate, &w.Relate}, {&r.Base, &w.Base}, {&r.Order, &w.Order}, {&r.Original, &w.Original}, {&r.Time, &w.Time}, {&r.Code, &w.Code}} {
		*f.to = cmp.Or(*f.from, *f.to)
	}
	if w.Blame != Growth {
		r.Time = ""
	}
	var blamed []string
	said := ""
	for _, f := range b.Do(r.pieces()).Findings {
		if !f.OK {
			blamed = append(blamed, f.Check)
			said += "\n  " + f.line()
		}
	}
	if len(blamed) == 1 && blamed[0] == w.Blame && !strings.Contains(said, "(not run)") {
		return ""
	}
	return fmt.Sprintf("%s must be blamed, and is: %s%s", w.Blame, cmp.Or(strings.Join(blamed, ", "), "nothing"), said)
}

func (f *Finding) line() string {
	if f.Unrun != "" {
		return fmt.Sprintf("%s (not run) at %d:%d: %s", f.Check, f.Line, f.Col, f.Unrun)
	}
	s := fmt.Sprintf("%s at %d:%d: %s", f.Check, f.Line, f.Col, f.Says)
	if f.Input != "" {
		s += " [" + f.Input + "]"
	}
	return s
}
