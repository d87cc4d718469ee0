package cli

import "interview/internal/session"

// judge asks a model about a graded sitting and records what it says. The grades are on disk by then: what fails here costs
// an opinion, no mark.
func (s *sitting) judge(r *session.Runner, done *session.Session) {
	said, err := s.a.advise(&s.f.judge, s.b, done)
	for i := range said {
		if err == nil {
			err = r.Advise(said[i])
		}
	}
	done.Feedback = said
	if err != nil {
		s.a.note("the opinions are not recorded: %v", err)
	}
}
