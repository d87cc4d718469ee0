package grade

import "testing"

func TestPlansAreNotWeighed(t *testing.T) {
	it, err := builtin().Item("url-shortener")
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := Compile(it)
	for text, weighed := range map[string]bool{
		"We would let the client choose the time.":             false,
		"I would use the same key again":                       false,
		"We let the client choose.":                            false,
		"Polling would waste requests.":                        true,
		"We would have to poll if the socket broke.":           true,
		"We would poll, but that wastes requests.":             true,
		"We could poll every second.":                          true,
		"We would rather push.":                                true,
		"A counter would be guessed, so we would draw a hash.": true,
	} {
		r := sheet.read([]Answer{{"", text}})
		if got := r.weighed(&r.units[0]); got != weighed {
			t.Errorf("%q: weighed %v", text, got)
		}
		r.release()
	}
}
