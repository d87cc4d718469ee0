package grade

// Feedback is what a model said of one prompt, beside its grade. It can never change one.
type Feedback struct {
	Prompt   string     `json:"prompt"`
	Rubric   string     `json:"rubric"` // digest of the criteria that it was asked about
	Model    string     `json:"model"`
	Host     string     `json:"host"`
	Version  int        `json:"version"` // of the brief
	Opinions []Opinion  `json:"opinions"`
	Well     []string   `json:"well,omitempty"`     // done well
	Next     []string   `json:"next,omitempty"`     // what would raise the level most
	Question string     `json:"question,omitempty"` // what it would ask next
	Notes    []string   `json:"notes,omitempty"`    // what of the replies was dropped, and what else tells how far to trust them
	Err      string     `json:"err,omitempty"`      // why nothing, or a part, is not judged
	Talk     []Exchange `json:"talk"`               // what was sent and came back, in order
}

// Opinion is a model's view of one criterion.
type Opinion struct {
	Criterion string `json:"criterion"`
	Level     string `json:"level"` // "" for not raised
	Quote     string `json:"quote"` // as it stands in the answer; in a void opinion as the model gave it
	Answer    int    `json:"answer"`
	Start     int    `json:"start"` // bytes in the text of that answer, like End
	End       int    `json:"end"`
	Why       string `json:"why"`
	Void      string `json:"void,omitempty"`  // why the opinion counts for nothing
	Again     string `json:"again,omitempty"` // what it said when asked again, where that differs
}

// Exchange is one brief and the reply to it.
type Exchange struct {
	Phase   string  `json:"phase,omitempty"` // that it was about; "" for all
	Brief   string  `json:"brief"`
	Raw     string  `json:"raw"` // the reply as it came
	Err     string  `json:"err,omitempty"`
	In      int     `json:"in"`  // tokens, as the server counts them; 0 where it does not
	Out     int     `json:"out"` // likewise
	Seconds float64 `json:"seconds"`
}

// Judged says that at least one opinion was given that counts.
func (f *Feedback) Judged() bool {
	for i := range f.Opinions {
		if f.Opinions[i].Void == "" {
			return true
		}
	}
	return false
}

// Opinion is what was said of a criterion, nil for nothing.
func (f *Feedback) Opinion(criterion string) *Opinion {
	for i := range f.Opinions {
		if f.Opinions[i].Criterion == criterion {
			return &f.Opinions[i]
		}
	}
	return nil
}
