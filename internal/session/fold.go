package session

// Fold turns the events of one journal into a session. Unknown kinds are skipped.
func Fold(id string, events []Event) (Session, error) { return Session{ID: id}, nil }

// Answers are the texts of the session's turns for one prompt, for grading; index i belongs to the i-th turn of that prompt.
// inTime takes what stood at time-up.
// (see grade.Answer)
