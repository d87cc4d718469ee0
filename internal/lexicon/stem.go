package lexicon

// longestWord is how long a word may be to be taken for one.
const longestWord = 60

// Stem cuts the inflection off a lower-case ASCII word and returns the stem, which shares w's memory where it can.
// Words of one or two letters or more than 60, and words with anything but a–z, come back as they are.
//
// Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980.
func Stem(w []byte) []byte {
	if len(w) < 3 || len(w) > longestWord {
		return w
	}
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return w
		}
	}
	p := porter(w)
	p.step1a()
	p.step1b()
	p.step1c()
	p.step2()
	p.step3()
	p.step4()
	p.step5()
	return p
}

type porter []byte

func (p porter) consonant(i int) bool {
	switch p[i] {
	case 'a', 'e', 'i', 'o', 'u':
		return false
	case 'y':
		return i == 0 || !p.consonant(i-1)
	}
	return true
}

// measure counts the vowel-consonant sequences of the first n letters.
func (p porter) measure(n int) int {
	m, vowel := 0, false
	for i := range n {
		if p.consonant(i) {
			if vowel {
				m++
			}
			vowel = false
		} else {
			vowel = true
		}
	}
	return m
}

func (p porter) hasVowel(n int) bool {
	for i := range n {
		if !p.consonant(i) {
			return true
		}
	}
	return false
}

func (p porter) doubled() bool {
	n := len(p)
	return n > 1 && p[n-1] == p[n-2] && p.consonant(n-1)
}

// cvc says that the first n letters end consonant-vowel-consonant, the last not w, x or y.
func (p porter) cvc(n int) bool {
	if n < 3 || !p.consonant(n-1) || p.consonant(n-2) || !p.consonant(n-3) {
		return false
	}
	c := p[n-1]
	return c != 'w' && c != 'x' && c != 'y'
}

func (p porter) ends(s string) bool {
	return len(p) >= len(s) && string(p[len(p)-len(s):]) == s
}

func (p *porter) cut(n int) { *p = (*p)[:len(*p)-n] }

// swap replaces the suffix s, which p ends in, by r. None of Porter's replacements is longer than its suffix but "e".
func (p *porter) swap(s, r string) {
	*p = append((*p)[:len(*p)-len(s)], r...)
}

func (p *porter) step1a() {
	switch {
	case p.ends("sses"), p.ends("ies"):
		p.cut(2)
	case p.ends("ss"):
	case p.ends("s"):
		p.cut(1)
	}
}

func (p *porter) step1b() {
	n := len(*p)
	switch {
	case p.ends("eed"):
		if p.measure(n-3) > 0 {
			p.cut(1)
		}
		return
	case p.ends("ed") && p.hasVowel(n-2):
		p.cut(2)
	case p.ends("ing") && p.hasVowel(n-3):
		p.cut(3)
	default:
		return
	}
	n = len(*p)
	switch {
	case p.ends("at"), p.ends("bl"), p.ends("iz"):
		*p = append(*p, 'e')
	case p.doubled() && !p.ends("l") && !p.ends("s") && !p.ends("z"):
		p.cut(1)
	case p.measure(n) == 1 && p.cvc(n):
		*p = append(*p, 'e')
	}
}

func (p *porter) step1c() {
	if n := len(*p); p.ends("y") && p.hasVowel(n-1) {
		(*p)[n-1] = 'i'
	}
}

type rule struct{ from, to string }

var step2rules = byLast([]rule{
	{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"}, {"abli", "able"},
	{"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"}, {"ization", "ize"}, {"ation", "ate"},
	{"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},
	{"iviti", "ive"}, {"biliti", "ble"},
})

var step3rules = byLast([]rule{
	{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""},
})

var step4rules = byLast([]rule{
	{"al", ""}, {"ance", ""}, {"ence", ""}, {"er", ""}, {"ic", ""}, {"able", ""}, {"ible", ""}, {"ant", ""},
	{"ement", ""}, {"ment", ""}, {"ent", ""}, {"ion", ""}, {"ou", ""}, {"ism", ""}, {"ate", ""}, {"iti", ""},
	{"ous", ""}, {"ive", ""}, {"ize", ""},
})

// byLast sorts rules by the last letter of their suffix.
func byLast(rules []rule) *[26][]rule {
	var table [26][]rule
	for _, r := range rules {
		last := r.from[len(r.from)-1] - 'a'
		table[last] = append(table[last], r)
	}
	return &table
}

// first applies the first rule whose suffix fits, if more than m sequences stand before it.
func (p *porter) first(rules *[26][]rule, m int) {
	for _, r := range rules[(*p)[len(*p)-1]-'a'] {
		if !p.ends(r.from) {
			continue
		}
		n := len(*p) - len(r.from)
		if p.measure(n) <= m || r.from == "ion" && (n == 0 || (*p)[n-1] != 's' && (*p)[n-1] != 't') {
			return
		}
		p.swap(r.from, r.to)
		return
	}
}

func (p *porter) step2() { p.first(step2rules, 0) }
func (p *porter) step3() { p.first(step3rules, 0) }
func (p *porter) step4() { p.first(step4rules, 1) }

func (p *porter) step5() {
	if n := len(*p); p.ends("e") {
		if m := p.measure(n - 1); m > 1 || m == 1 && !p.cvc(n-1) {
			p.cut(1)
		}
	}
	if p.ends("ll") && p.measure(len(*p)) > 1 {
		p.cut(1)
	}
}
