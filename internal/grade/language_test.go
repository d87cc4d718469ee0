package grade

import (
	"testing"
)

func TestLanguage(t *testing.T) {
	s, _ := Compile(one("collision + retry"))
	for _, c := range []struct {
		text    string
		foreign bool
	}{
		{"Bei einer Kollision wird ein neuer Schlüssel gezogen, und wenn der nicht frei ist, versuchen wir es mit einem anderen, das kostet nicht viel und wir werden auch dann noch schnell sein.", true},
		{"En cas de collision nous tirons une autre clé, et si elle est prise dans la table, on recommence avec une nouvelle pour les autres clients qui sont sur le serveur.", true},
		{"При коллизии мы пробуем ещё раз с новым ключом.", true},
		{"衝突したら新しい鍵で再試行する。", true},
		{"On a collision we retry with a new key; 40 rps, p99 < 5 ms.", false},
		{"collision → retry (naïve but fine), café, São Paulo region", false},
		{"Σ over i of dp[i], θ(n)", false},
		{"", false},
	} {
		g := s.Grade([]Answer{{Text: c.text}})
		if m := g.Marks[0]; (m.Unmarked != "") != c.foreign || c.foreign && (m.Max != 0 || g.Possible != 1) {
			t.Errorf("%q: %+v", c.text, m)
		}
	}
	for _, dir := range []string{"answers", "heldout"} {
		for id, text := range answersOf(dir, "strong") {
			r := s.read([]Answer{{Text: text}})
			if why := r.foreign(); why != "" {
				t.Errorf("%s %s: %s", dir, id, why)
			}
			r.release()
		}
	}
}
