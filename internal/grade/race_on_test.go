//go:build race

package grade

// underRace says that the race detector slows everything by a factor of about eight: time is not measured then, and the
// battery takes a few seeds only, since it looks for no race.
const underRace = true
