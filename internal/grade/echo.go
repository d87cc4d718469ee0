package grade

import (
	"math/bits"
	"slices"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// echoRun is how many words in a row must stand in the question to be taken from it; echoPart the part of a unit that
// such runs must cover.
const (
	echoRun  = 6
	echoPart = .7
)

// wordHash numbers a word, whatever its case.
func wordHash(text string, tok lexicon.Token) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range []byte(text[tok.Start:tok.End]) {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		h = (h ^ uint64(c)) * 1099511628211 // FNV-1a
	}
	return h
}

// mix adds a word to a run of words.
func mix(run, word uint64) uint64 { return (bits.RotateLeft64(run, 23) ^ word) * 1099511628211 }

func runHash(words []uint64) (h uint64) {
	for _, w := range words {
		h = mix(h, w)
	}
	return h
}

func wordHashes(t *lexicon.Text, out []uint64) []uint64 {
	out = slices.Grow(out[:0], len(t.Tokens))
	for _, tok := range t.Tokens {
		out = append(out, wordHash(t.Source, tok))
	}
	return out
}

// askWords keeps the runs of words of all that a candidate is shown or could copy.
func (c *compiler) askWords() {
	c.given = map[uint64]bool{}
	add := func(text string) {
		words := wordHashes(lexicon.Read(text, nil), nil)
		for i := 0; i+echoRun <= len(words); i++ {
			c.given[runHash(words[i:i+echoRun])] = true
		}
	}
	add(c.item.Prompt.Ask)
	c.giveShort(c.item.Prompt.Ask)
	for _, f := range c.item.Prompt.Facts {
		add(f.Says)
		c.giveShort(f.Says)
	}
	for _, p := range c.item.Framework.Phases {
		add(p.Ask)
		add(p.Coach)
	}
	for i := range c.item.Criteria {
		addCriterion(&c.item.Criteria[i], add)
	}
}

// giveShort keeps the sentences of what is told that are shorter than a run.
func (c *compiler) giveShort(told string) {
	t := lexicon.Read(told, nil)
	words := wordHashes(t, nil)
	for _, u := range t.Units {
		if u.End-u.First < echoRun {
			c.given[runHash(words[u.First:u.End])] = true
		}
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
		words := r.hashes[u.answer][u.First:u.End]
		if len(words) < echoRun {
			if r.given[runHash(words)] {
				r.take(u, echoed)
			}
			continue
		}
		covered, upTo := 0, 0
		for j := 0; j+echoRun <= len(words); j++ {
			if r.given[runHash(words[j:j+echoRun])] {
				covered += j + echoRun - max(upTo, j)
				upTo = j + echoRun
			}
		}
		if float64(covered) >= echoPart*float64(len(words)) {
			r.take(u, echoed)
		}
	}
}
