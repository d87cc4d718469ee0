package grade

import (
	"interview/internal/bank"
	"interview/internal/lexicon"
)

// echoRun is how many words in a row must stand in the question to be taken from it; echoPart the part of a unit that
// such runs must cover.
const (
	echoRun  = 6
	echoPart = .7
)

// hashWord mixes a token into a rolling number.
func hashWord(h uint64, text string, tok lexicon.Token) uint64 {
	h ^= 0xff
	for _, c := range []byte(text[tok.Start:tok.End]) {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		h = (h ^ uint64(c)) * 1099511628211 // FNV-1a
	}
	return h
}

func runHash(text string, tokens []lexicon.Token) uint64 {
	h := uint64(14695981039346656037)
	for _, t := range tokens {
		h = hashWord(h, text, t)
	}
	return h
}

// askWords keeps the runs of words of all that a candidate is shown or could copy.
func (c *compiler) askWords() {
	c.given = map[uint64]bool{}
	add := func(text string) {
		t := lexicon.Read(text, nil)
		for i := 0; i+echoRun <= len(t.Tokens); i++ {
			c.given[runHash(text, t.Tokens[i:i+echoRun])] = true
		}
	}
	add(c.item.Prompt.Ask)
	for _, f := range c.item.Prompt.Facts {
		add(f.Says)
	}
	for _, p := range c.item.Framework.Phases {
		add(p.Ask)
		add(p.Coach)
	}
	for i := range c.item.Criteria {
		addCriterion(&c.item.Criteria[i], add)
	}
}

func addCriterion(c *bank.Criterion, add func(string)) {
	add(c.Title)
	add(c.Why)
	add(c.Probe)
	for _, l := range c.Levels {
		add(l.Descriptor)
	}
}

// echo screens the units that repeat what was given.
func (r *reading) echo() {
	if r.without(echoes) {
		return
	}
	for i := range r.units {
		u := &r.units[i]
		tokens := r.tokens(u)
		if len(tokens) < echoRun {
			continue
		}
		text, covered, upTo := r.answers[u.answer].Text, 0, 0
		for j := 0; j+echoRun <= len(tokens); j++ {
			if r.given[runHash(text, tokens[j:j+echoRun])] {
				covered += j + echoRun - max(upTo, j)
				upTo = j + echoRun
			}
		}
		if float64(covered) >= echoPart*float64(len(tokens)) {
			r.take(u, echoed)
		}
	}
}
