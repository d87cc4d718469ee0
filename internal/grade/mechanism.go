package grade

// mechanism is a thing that the engine looks at. Tests turn them off one at a time to see what each earns; what earns
// nothing is taken out.
type mechanism uint32

const (
	negations mechanism = 1 << iota
	topicGate
	relations
	nearness
	bareLists
	echoes
	frameUse
	openingUse
	wordLists
	glossaries
	refrainUse
	recitals
	scrambles
	denials
	opposing
	spills
	contexts
	doubts
	directions
	refusing
	plans
)

// without says that a mechanism is turned off.
func (s *Sheet) without(m mechanism) bool { return s.off&m != 0 }
