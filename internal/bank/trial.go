package bank

import (
	"slices"
	"strings"
)

// Trial says how a written recurrence or whole code is run against a prompt. To this package its expressions are texts.
type Trial struct {
	Inputs []string // names of what the function is given, in order
	Names  []string // what else they are called, each "n, len_s = len(s)"
	Either bool     // places may count from 0 or from 1, as the prompt leaves it open
	Valid  string   // an expression over the inputs: they may be asked
	Random string   // an expression for a list of inputs, with pick, ints and letters
	Cases  []TrialCase
	Brute  string // a function brute over the inputs, as plain as can be
	States []TrialState
	Growth TrialGrowth
	Right  []TrialAnswer // reference answers, one a state at least; nothing may be found in them
	Wrong  []TrialAnswer // planted faults, each with the piece that must be blamed
}

// TrialCase is one input, written as the arguments, and what must come out.
type TrialCase struct{ In, Out string }

// TrialState is one choice of subproblems with the value of each.
type TrialState struct {
	ID     string
	Index  []string // names used by the fields below
	Over   string   // clauses of a comprehension: the cells
	Beyond string   // the same for cells outside that may have a value
	Base   string   // a condition: these cells need a value of their own
	Holds  string   // the value of a cell, by the brute force
	Same   string   // a condition over got and want, where equality is too strict
}

// TrialGrowth is the author's worst case by size.
type TrialGrowth struct {
	Sizes map[string]string // name to the size that is held while another grows
	Input string            // an expression for a list of inputs, over the sizes
}

// TrialAnswer is what a candidate might write.
type TrialAnswer struct {
	Blame string // of a planted fault: relate, base, order, original, cases or growth
	Of    int    // of a planted fault: the reference answer it is made from, 1 unless given
	State string // of a reference answer: the state it uses

	Relate, Base, Order, Original, Time, Code string
}

// Given says that a prompt has a trial.
func (t *Trial) Given() bool { return len(t.Inputs) > 0 }

// trialPieces are what a level's trial may name.
var trialPieces = []string{"relate", "base", "order", "original", "cases", "growth"}

// steps are the pieces that a phase may ask for.
var steps = []string{"relate", "base", "order", "original", "time"}

// trial holds what the fields of a trial need of each other.
func (r *reader) trial(n *node, t *Trial) {
	if n == nil || n.kind != fieldsNode {
		return
	}
	if list := child(n, "states"); list != nil {
		r.unique(list, func(n *node) *node { return child(n, "id") })
	}
	r.answers(child(n, "right"), t.Right, false, len(t.Right))
	r.answers(child(n, "wrong"), t.Wrong, true, len(t.Right))
	if g := child(n, "growth"); g != nil && t.Growth.Input == "" && g.kind == fieldsNode {
		r.say(g, "growth needs sizes and input")
	}
}

func (r *reader) answers(list *node, answers []TrialAnswer, planted bool, right int) {
	if list == nil || list.kind != listNode {
		return
	}
	for i := range answers {
		n, a := list.content[i], &answers[i]
		switch {
		case n.kind != fieldsNode:
		case planted && !slices.Contains(trialPieces, a.Blame):
			r.say(n, "blame: want one of %s", strings.Join(trialPieces, ", "))
		case !planted && (a.Blame != "" || a.Of != 0):
			r.say(n, "blame and of belong under wrong")
		case planted && a.Of > right:
			r.say(child(n, "of"), "of is %d, but right has only %d", a.Of, right)
		}
		if planted && a.Of == 0 {
			a.Of = 1
		}
	}
}

// piece refuses a word that names no piece.
func (r *reader) piece(n *node, known []string, what string) {
	if n != nil && n.kind == scalarNode && !n.null && strings.TrimSpace(n.text) != "" && !slices.Contains(known, n.text) {
		r.say(n, "%s: want one of %s, have %s", what, strings.Join(known, ", "), quote(n.text))
	}
}
