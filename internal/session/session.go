// Package session is practice: plans of timed steps, the events of a sitting, the fold of events into a session,
// and the runner that walks a plan against the clock. It does no IO: a Recorder keeps the events.
package session

import (
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
)

// Plan is a list of timed steps. Mock, drill and deck differ only in how a plan is made.
type Plan struct {
	Label   string        `json:"label"` // what the person asked for: a prompt's or deck's id
	Mode    string        `json:"mode"`  // ModeMock or ModeDrill
	Steps   []Step        `json:"steps"`
	Prompts []bank.Prompt `json:"prompts"` // snapshot, so that an old transcript stays readable
	Given   []Given       `json:"given,omitempty"`
	Untimed bool          `json:"untimed,omitempty"`
}

// Step is one question against the clock.
type Step struct {
	Prompt string        `json:"prompt"`
	Phase  string        `json:"phase"`
	Title  string        `json:"title"`
	Ask    string        `json:"ask"`
	Coach  string        `json:"coach,omitempty"`
	Parts  []string      `json:"parts,omitempty"` // boxes of the form, kept as "### Part" headings in the answer
	Budget time.Duration `json:"budget"`          // 0 = untimed
	Probe  string        `json:"probe,omitempty"` // criterion whose follow-up this is
}

// Given is an earlier phase shown as a start; it earns nothing.
type Given struct {
	Prompt, Phase, Title, Text string
	Yours                      bool // the person's own newest answer, else the model answer
}

// Kind names an event; unknown kinds are kept and skipped.
type Kind string

// Kinds of events. The texts stand in journals: never change one.
const (
	Opened    Kind = "opened"
	Entered   Kind = "entered"
	Asked     Kind = "asked"
	Drafted   Kind = "drafted"
	Answered  Kind = "answered"
	Paused    Kind = "paused"
	Confirmed Kind = "confirmed"
	Disputed  Kind = "disputed"
	Resumed   Kind = "resumed"
	Graded    Kind = "graded"
	Advised   Kind = "advised"
	Shown     Kind = "shown" // hint, rubric or model answer was shown
	Closed    Kind = "closed"
)

// Splice is the change from one draft to the next, in bytes. It begins and ends where a character does.
type Splice struct {
	At  int    `json:"at"`
	Cut int    `json:"cut"` // bytes removed
	Put string `json:"put"`
	Raw []byte `json:"raw,omitempty"` // stands for Put where that is not valid UTF-8, which JSON cannot hold
}

// Version is the form of events that this package writes. Newer ones are read as far as they are understood.
const Version = 1

// Event is one line of a journal. Entered, Drafted, Answered and Paused say which Step they are about; Paused means that
// the clock of the step stopped, Entered or Resumed that it runs.
type Event struct {
	V      int             `json:"v"`
	Seq    int             `json:"seq"`
	At     time.Time       `json:"at"`
	Kind   Kind            `json:"kind"`
	Plan   *Plan           `json:"plan,omitempty"`
	Step   *int            `json:"step,omitempty"` // index into Plan.Steps
	Text   string          `json:"text,omitempty"`
	Raw    []byte          `json:"raw,omitempty"` // stands for Text where that is not valid UTF-8, which JSON cannot hold
	Splice *Splice         `json:"splice,omitempty"`
	TimeUp bool            `json:"time_up,omitempty"` // happened after the step's time was up
	Took   time.Duration   `json:"took,omitempty"`    // of the step so far, pauses and gaps left out
	Grades []grade.Grade   `json:"grades,omitempty"`
	InTime []grade.Grade   `json:"in_time,omitempty"` // of what was typed before time-up, where that differs
	Advice *grade.Feedback `json:"advice,omitempty"`
	Judged *Judgement      `json:"judged,omitempty"` // of Confirmed and Disputed
}

// Recorder keeps events; an error ends the sitting.
type Recorder interface{ Record(Event) error }

// Session is the fold of the events of one sitting.
type Session struct {
	ID                 string
	Plan               Plan
	OpenedAt, ClosedAt time.Time     // ClosedAt is zero while unfinished
	Current            int           // index of the step to pose next; len(Plan.Steps) when every step is answered
	Turns              []Turn        // one per step that was entered, in the order of the plan's steps
	Grades             []grade.Grade // the newest of each prompt
	InTime             []grade.Grade // of what was typed before time-up, for the prompts where that differs
	Judgements         []Judgement   // the newest of each criterion
}

// Turn is what became of one step.
type Turn struct {
	Step   Step
	Index  int // of the step in the plan
	Text   string
	InTime string        // the text as it stood at time-up; equals Text where the time sufficed
	At     time.Time     // when the step was first entered
	Took   time.Duration // pauses and gaps left out
	TimeUp bool
	Draft  bool // the text was not given as an answer yet, or was changed since
}
