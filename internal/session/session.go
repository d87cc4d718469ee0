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
	Mode    string        `json:"mode"`  // ModeMock, ModeDrill, ModeBlank or ModeFlip
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
	Spare  bool          `json:"spare,omitempty"` // the budget is taken from the step before, which had it left
	By     string        `json:"by,omitempty"`    // the model that put Ask into words; "" where the prompt does
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
	Posed     Kind = "posed" // probes joined the plan
	Asked     Kind = "asked" // a question to the interviewer, and the reply
	Drafted   Kind = "drafted"
	Answered  Kind = "answered"
	Paused    Kind = "paused"
	Confirmed Kind = "confirmed"
	Disputed  Kind = "disputed"
	Resumed   Kind = "resumed"
	Graded    Kind = "graded"
	Advised   Kind = "advised"
	Shown     Kind = "shown"     // a hint, or what was met in a step
	Ran       Kind = "tried"     // notation in the answers was run
	Predicted Kind = "predicted" // the person's guess of the score
	Rated     Kind = "rated"     // the person says how well a card was recalled
	Closed    Kind = "closed"
)

// What was shown, or why a clock was stopped: more of an event than its kind says. As texts of journals they never change.
const (
	Hinted  = "hint"     // of Shown
	Told    = "feedback" // of Shown
	Model   = "model"    // of Shown: the model answer
	Rubric  = "rubric"   // of Shown: the criteria
	Left    = "left"     // of Paused: the sitting ended
	Turned  = "turned"   // of Paused: the person went to another step
	Reading = "reading"  // of Paused: feedback is on screen
	Waiting = "waiting"  // of Paused: the interviewer thinks
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

// Event is one line of a journal. Entered, Drafted, Answered, Rated, Paused, Asked and Shown say which Step they are about; Paused
// means that the clock of the step stopped, Entered or Resumed that it runs. Posed puts Steps in the place of Step: the last
// of them is that step itself, with the time left to it, the others are new; past the end of the plan all are new. A new
// one that is Spare takes its budget from the step before it.
type Event struct {
	V      int             `json:"v"`
	Seq    int             `json:"seq"`
	At     time.Time       `json:"at"`
	Kind   Kind            `json:"kind"`
	Plan   *Plan           `json:"plan,omitempty"`
	Step   *int            `json:"step,omitempty"` // index into Plan.Steps
	Steps  []Step          `json:"steps,omitempty"`
	What   string          `json:"what,omitempty"`
	Text   string          `json:"text,omitempty"`
	Raw    []byte          `json:"raw,omitempty"`   // stands for Text where that is not valid UTF-8, which JSON cannot hold
	Reply  string          `json:"reply,omitempty"` // of Asked
	Splice *Splice         `json:"splice,omitempty"`
	TimeUp bool            `json:"time_up,omitempty"` // happened after the step's time was up
	Took   time.Duration   `json:"took,omitempty"`    // of the step so far, pauses and gaps left out
	Grades []grade.Grade   `json:"grades,omitempty"`
	InTime []grade.Grade   `json:"in_time,omitempty"` // of what was typed before time-up, where that differs
	Advice *grade.Feedback `json:"advice,omitempty"`
	Tried  *Tried          `json:"tried,omitempty"`
	Judged *Judgement      `json:"judged,omitempty"` // of Confirmed and Disputed
	Score  *float64        `json:"score,omitempty"`  // of Predicted, 0..1
	Rating int             `json:"rating,omitempty"` // of Rated: 1 forgotten, 2 hard, 3 good, 4 easy
	Look   *Look           `json:"look,omitempty"`   // of Shown outside a sitting
}

// Look says of what a rubric or a model answer was shown outside a sitting; Phase "" is all of the prompt.
type Look struct {
	Prompt string `json:"prompt"`
	Phase  string `json:"phase,omitempty"`
}

// Recorder keeps events; an error ends the sitting.
type Recorder interface{ Record(Event) error }

// Session is the fold of the events of one sitting.
type Session struct {
	ID                 string
	Plan               Plan
	OpenedAt, ClosedAt time.Time        // ClosedAt is zero while unfinished
	Current            int              // index of the step to pose next; len(Plan.Steps) when every step is answered
	Turns              []Turn           // one per step that was entered, in the order of the plan's steps
	Grades             []grade.Grade    // the newest of each prompt
	InTime             []grade.Grade    // of what was typed before time-up, for the prompts where that differs
	Judgements         []Judgement      // the newest of each criterion
	Feedback           []grade.Feedback // the newest on each prompt; it changes no grade
	Asides             []Aside          // questions, hints and feedback, in the order of time
	Trials             []Tried          // what runs of notation found
	Pauses             []Pause          // that the person made, or a machine that slept
	Predicted          *float64         // 0..1; nil where the person did not guess
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
	Rating int  // the person's own, 1..4; 0 where there is none
}
