// Package grade judges answers: criteria are compiled into claims, answers become marks with evidence.
// A grade depends on nothing but criteria, answers and Engine: no clock, no randomness, no IO.
package grade

// Engine is raised whenever the same answer may earn a different grade than before.
const Engine = 3

// Answer is what a candidate wrote in one phase; Phase "" counts for all.
type Answer struct{ Phase, Text string }

// Grade is the whole sheet.
type Grade struct {
	Prompt   string   `json:"prompt"`
	Rubric   string   `json:"rubric"` // digest of the resolved criteria
	Engine   int      `json:"engine"`
	Points   float64  `json:"points"`
	Max      float64  `json:"max"`      // over judged criteria
	Possible float64  `json:"possible"` // over asked criteria, judged or not
	Level    string   `json:"level"`    // highest rung reached, "" below the first
	Next     []string `json:"next"`     // criteria that stand between this grade and the next rung
	Marks    []Mark   `json:"marks"`
	Screens  []Screen `json:"screens,omitempty"`
}

// Score is Points of Possible, 0..1: what could not be judged is not earned, so that an unreadable drawing never pays.
func (g *Grade) Score() float64 {
	if g.Possible == 0 {
		return 0
	}
	return g.Points / g.Possible
}

// Mark is the level raised for one criterion.
type Mark struct {
	Criterion string     `json:"criterion"`
	Title     string     `json:"title"`
	Phase     string     `json:"phase"`
	Concept   string     `json:"concept"`
	Level     string     `json:"level"`          // "" when missed
	Says      string     `json:"says,omitempty"` // the level that the first quote speaks of, if that is above Level, for want of more claims
	Points    float64    `json:"points"`         // weight · level position / levels
	Max       float64    `json:"max"`            // the weight; 0 when unmarked or not asked
	Evidence  []Evidence `json:"evidence"`
	Sought    string     `json:"sought"`    // what the next level looks for; "" at the top
	Unmarked  string     `json:"unmarked"`  // why it could not be judged
	NotAsked  bool       `json:"not_asked"` // its `when` does not hold, or a mark of such a criterion earned nothing
}

// Evidence is a span of an answer: Start and End are byte offsets into Answers[Answer].Text.
type Evidence struct {
	Answer  int    `json:"answer"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Quote   string `json:"quote"`
	Against bool   `json:"against"`
}

// Screen says that evidence was taken away, from where and why.
type Screen struct {
	Answer int    `json:"answer"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Why    string `json:"why"`
}
