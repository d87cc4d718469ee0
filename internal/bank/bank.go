// Package bank is the item bank: prompts, frameworks and rubrics, read strictly from YAML and checked against each other.
// It knows nothing of how an answer is judged: claims are strings to it.
package bank

// Prompt is what an interviewer poses, with everything by which the answer is judged and taught.
type Prompt struct {
	ID, Title, Track string
	Family           string // for interleaving: never two of one family in a row; a card's family is its deck
	Framework        string
	Locus            string // cards: the place in the walk
	Picture          string // cards: one line that ties the concept to the place
	Ask              string
	Facts            []Fact
	Topic            []string          // concepts of this prompt, each "a | b | c"
	Vocab            map[string]string // names for alternatives, used in claims as $name
	Rubrics          []string          // "rubric" or "rubric/criterion"
	Criteria         []Criterion
	Model            map[string]string // a model answer per phase
	Trial            Trial             `json:",omitzero"` // how a written recurrence or code is run
	Source           []string

	Deck string `yaml:"-"` // the file's name without .yaml for a card, else ""
}

// Fact is given out when the candidate asks for it.
type Fact struct {
	Asked []string // words by which one would ask
	Says  string
}

// Framework is a way to deliver an answer: phases in order and the ladder of levels.
type Framework struct {
	ID, Title string
	Ladder    []string // worst to best
	Share     float64  // of the judged weight that must reach a rung, 0..1
	Rubrics   []string // applied to every prompt of this framework
	Generic   []string // applied to a question that has no prompt of its own
	Walk      []string `json:",omitempty"` // decks in the order in which their places are walked past
	Phases    []Phase
}

// Phase is one step of a framework.
type Phase struct {
	ID, Title string
	Minutes   int
	Ask       string
	Coach     string   // shown in coach mode only
	Parts     []string // boxes of the form, kept as headings inside the one answer
	Piece     string   // which piece of a trial is written here, in lines that read as notation
	Probes    int      // in a mock with probes: how many the interviewer poses before the phase's own question
}

// Rubric holds criteria that many prompts share. One without criteria is a vocabulary for all.
type Rubric struct {
	ID, Title string
	Topic     []string
	Vocab     map[string]string
	Criteria  []Criterion
}

// Criterion is one thing an interviewer looks for.
type Criterion struct {
	ID, Phase, Title string
	Concept          string // id of the card that teaches it
	Why              string // shown with a miss: why an interviewer cares
	Probe            string // the follow-up asked when it is missed
	Adapts           bool   `json:"-"` // the probe changes the problem: more load, a part lost, a new wish
	Weight           int    // 1 unless given
	When             string // a claim; until it holds the criterion is not asked
	Levels           []Level
	Against          []string // claims that make the mark 0
	Examples         Examples

	origin // where it stands in its file; set when read
}

// Level is a rung reached by exactly one of Say, Edge or Trial.
type Level struct {
	Name       string
	Descriptor string
	Say        []string // claims
	Need       int      // how many different claims, 1 unless given
	Calc       bool     // and a written sum must come out right
	Edge       []string // paths in the drawing
	Trial      string   // what a run must find right: relate, base, order, original, cases or growth
}

// Examples prove a criterion: each Hit earns points, each Miss none.
type Examples struct{ Hit, Miss []string }

// Item is a prompt with all that it refers to.
type Item struct {
	Prompt    Prompt
	Framework Framework
	Criteria  []Criterion       // own ones first, then the framework's, then the listed ones; the latter two under "rubric/criterion"
	Vocab     map[string]string // every name its own claims may use: own, over the vocabularies for all
	Digest    func() string     // of everything that can change a grade: sha256, hex, first 16; nil of an item that no bank made

	place
}

// Phase returns the framework's phase of that id.
func (it *Item) Phase(id string) (Phase, bool) {
	for _, p := range it.Framework.Phases {
		if p.ID == id {
			return p, true
		}
	}
	return Phase{}, false
}

// Pos is a place in a YAML file; Line and Col count from 1, Col in characters.
type Pos struct {
	File      string
	Line, Col int
}

// Problem is something wrong in a bank, or a Note worth knowing.
type Problem struct {
	Pos
	Msg  string
	Note bool
}
