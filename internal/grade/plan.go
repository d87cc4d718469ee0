package grade

// "We would push to everybody" says what is planned, as "we'd push" does. "Polling would waste requests", "we would have to
// poll if …" and "we could poll, but" weigh what is not done, and may name an error to reject it.

// weighed says that a unit speaks of what would be, and not of what its writer would do.
func (r *reading) weighed(u *unit) bool {
	if u.roles&hypothetical == 0 {
		return false
	}
	w, tokens := fixedWords(), r.tokens(u)
	if r.without(plans) {
		return true
	}
	for i := range tokens {
		switch role := r.roles[tokens[i].Function]; {
		case role&hypothetical != 0:
			if tokens[i].Function != w.would || i == 0 || tokens[i-1].Function != w.we && tokens[i-1].Function != w.i {
				return true
			}
		case role&(comparing|conceding|cue) != 0 || tokens[i].Function == w.but:
			return true
		}
	}
	return false
}
