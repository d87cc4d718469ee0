package trial

// PiecesOf gives the pieces of a reference answer to the tests.
func PiecesOf(r Reference) []Piece { return r.pieces() }
