package session

// Pause keeps text as a draft and stops the clock until Continue.
func (r *Runner) Pause(text string) error { return r.Leave(text) }

// Continue lets the clock of a paused step run again, from what is used of its budget. Without a pause it does nothing.
func (r *Runner) Continue() error {
	r.look()
	t := r.current()
	if r.err != nil || t == nil || r.running {
		return r.err
	}
	if err := r.record(Event{Kind: Resumed, Step: &t.Index}); err != nil {
		return err
	}
	r.start()
	return nil
}
