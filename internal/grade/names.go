package grade

import (
	"sync"

	"interview/internal/lexicon"
)

var andWord = sync.OnceValue(func() int16 { return lexicon.FunctionID("and") })
var orWord = sync.OnceValue(func() int16 { return lexicon.FunctionID("or") })
