//go:build race

package trial_test

// underRace says that the race detector slows everything by a factor of about eight: of the answers by others one set is run.
const underRace = true
