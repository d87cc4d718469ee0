// Package trial runs what a candidate wrote, a recurrence in pieces or whole code, against a brute force, inside limits that
// count work and never time. It is not for judging words and knows no file format, no terminal and no subject: what is run
// and against what comes in as values. It has no clock, no chance and no way out: the same job gives the same result.
package trial

import "errors"

// Engine is raised whenever the same job may give a different result than before.
const Engine = 3

// Names of pieces, as Written and Finding use them.
const (
	Relate   = "relate"   // how a value follows from others
	Base     = "base"     // values that do not
	Order    = "order"    // in which they are computed
	Original = "original" // the result read off
	Time     = "time"     // a claim of cost
	Code     = "code"     // a whole function
	Let      = "let"      // what a name stands for; nothing is judged of it
)

// Names of checks besides the pieces.
const (
	Cases  = "cases"  // the code gives the right results
	Growth = "growth" // the work grows as claimed
)

// Setup is what a candidate's pieces are run against. All texts are expressions or functions in a subset of Python.
type Setup struct {
	Inputs []string
	Names  []string // "n, len_s = len(s)"
	Either bool     // places of inputs may count from one
	Valid  string
	Random string
	Cases  []Case
	Brute  string
	States []State
	Growth Sizes
	Right  []Reference
	Wrong  []Reference
}

// Case is one input, as the text of its arguments, and the text of the right result.
type Case struct{ In, Out string }

// State is one choice of subproblems.
type State struct {
	ID     string
	Index  []string
	Over   string
	Beyond string
	Base   string
	Holds  string
	Same   string
}

// Sizes are the worst case by size.
type Sizes struct {
	Sizes map[string]string
	Input string
}

// Reference is an answer with what must be found of it: nothing for a right one, else a fault of the piece Blame.
type Reference struct {
	Blame string
	Of    int
	State string

	Relate, Base, Order, Original, Time, Code string
}

// Piece is one line of notation (or one block of code) that was written, with its place: Answer is the number of the answer,
// Start and End are bytes of its text, Line and Col where it begins, from 1, Col in characters.
type Piece struct {
	Name     string `json:"name"`
	Text     string `json:"text"`
	Answer   int    `json:"answer"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	OneBased bool   `json:"one_based,omitempty"` // the answer says that places count from one
	Prose    bool   `json:"prose,omitempty"`     // words stand beside the notation of the answer: they may say what it lacks
	Bounded  bool   `json:"bounded,omitempty"`   // and they speak of a bound
	Lost     string `json:"lost,omitempty"`      // why the piece is not judged: something of it that carries meaning is not read
	Words    string `json:"words,omitempty"`     // that stand beside a claim
	// Empty is what the answer takes a "min" or "max" over nothing to be.
	Empty map[string]string `json:"empty,omitempty"`
}

// Job is one thing to run.
type Job struct {
	Setup  Setup   `json:"setup"`
	Pieces []Piece `json:"pieces"`
}

// Result is what was found. Nothing is said of a check whose piece was not written.
type Result struct {
	Engine   int       `json:"engine"`
	State    string    `json:"state,omitempty"` // by which the pieces were read
	Taken    string    `json:"taken,omitempty"` // what was assumed besides, as that two names are exchanged
	Findings []Finding `json:"findings"`
}

// Finding is what one check says: right, wrong with the smallest input that shows it, or why it could not be run.
type Finding struct {
	Check  string `json:"check"` // relate, base, order, original, cases or growth
	OK     bool   `json:"ok"`
	Says   string `json:"says"`
	Cell   string `json:"cell,omitempty"`
	Input  string `json:"input,omitempty"`
	Got    string `json:"got,omitempty"`
	Want   string `json:"want,omitempty"`
	Unrun  string `json:"unrun,omitempty"` // why nothing can be said; OK is false then
	Answer int    `json:"answer"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Line   int    `json:"line,omitempty"`
	Col    int    `json:"col,omitempty"`
}

// Do runs a job. An error is one of the setup; what a candidate wrote can only give findings.
func Do(job Job) (Result, error) {
	b, err := Prepare(job.Setup)
	if err != nil {
		return Result{}, err
	}
	return b.Do(job.Pieces), nil
}

// Stopped is the result of pieces whose run had to be stopped: nothing can be said of any.
func Stopped(pieces []Piece, why string) Result {
	out := Result{Engine: Engine, Findings: []Finding{}}
	seen := map[string]bool{}
	for i := range pieces {
		check := checkOf(pieces[i].Name)
		if !seen[check] {
			seen[check] = true
			out.Findings = append(out.Findings, unrun(check, &pieces[i], errors.New(why)))
		}
	}
	return out
}
