package grade

import (
	"interview/internal/bank"
	"interview/internal/lexicon"
)

// echoRun is how many words in a row must stand in the question to be taken from it; echoPart the part of a unit that
// such runs must cover.
const (
	echoRun  = 6
	echoPart = .6
)

// askWords keeps the runs of words of all that a candidate is shown or could copy.
func (c *compiler) askWords() {
	c.given = &runs{all: make(map[uint64]bool, 2048)}
	var t lexicon.Text
	add := func(text string) {
		t.Read(text, nil)
		words := t.Tokens
		for i := 0; i+echoRun <= len(words); i++ {
			c.given.add(runHash(words[i : i+echoRun]))
		}
	}
	add(c.item.Prompt.Ask)
	c.giveShort(c.item.Prompt.Ask, 1)
	for _, f := range c.item.Prompt.Facts {
		add(f.Says)
		c.giveShort(f.Says, 1)
	}
	for _, p := range c.item.Framework.Phases {
		add(p.Ask)
		add(p.Coach)
	}
	for i := range c.item.Criteria {
		addCriterion(&c.item.Criteria[i], func(text string) {
			add(text)
			c.giveShort(text, shortTold)
		})
	}
}

// shortTold is the length in words from which a short sentence about a criterion is nobody else's.
const shortTold = 4

// giveShort keeps the sentences of what is told that are shorter than a run, of least words or more.
func (c *compiler) giveShort(told string, least int) {
	t := lexicon.Read(told, nil)
	for _, u := range t.Units {
		if n := u.End - u.First; n >= least && n < echoRun {
			c.given.add(runHash(t.Tokens[u.First:u.End]))
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
		words := r.tokens(u)
		if len(words) < echoRun {
			if r.given.has(runHash(words)) {
				r.take(u, echoed)
			}
			continue
		}
		if float64(r.givenWords(words)) >= echoPart*float64(len(words)) {
			r.take(u, echoed)
		}
	}
}

// leave is the factor with which a word leaves a run of echoRun words.
const leave = mixFactor * mixFactor % (1 << 64) * mixFactor % (1 << 64) * mixFactor % (1 << 64) * mixFactor % (1 << 64) * mixFactor % (1 << 64)

// givenWords counts the words that lie in a run that was given.
func (r *reading) givenWords(words []lexicon.Token) int {
	covered, upTo := 0, 0
	run := runHash(words[:echoRun])
	for j := 0; ; j++ {
		if r.given.has(run) {
			covered += j + echoRun - max(upTo, j)
			upTo = j + echoRun
		}
		if j+echoRun == len(words) {
			return covered
		}
		run = mix(run, words[j+echoRun].Hash) - leave*(uint64(words[j].Hash)+1)
	}
}
