package grade

import (
	"math"
	"strings"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

const (
	grammarWeight = 0.25 // of a word of grammar: how and many tell "how many" from "how fast", and little else
	replyFrom     = 0.6  // of the weight of a phrase's subject words that a question must hold
)

// Reply answers a question to the interviewer from the facts of a prompt: the fact that has most words in common with the
// question, by their stems, among those of which a whole way to ask is in it, or nearly; a rare word counts for more. false
// where no fact is asked for.
func Reply(facts []bank.Fact, question string) (string, bool) {
	asked, said := wordsOf(question), aloud(question)
	rare := rarity(facts)
	best, most := -1, 0.0
	for i, f := range facts {
		found, nearest := map[string]bool{}, 0.0
		for _, phrase := range f.Asked {
			for _, v := range lexicon.Variants(lexicon.NewPhrase(strings.Fields(strings.ToLower(phrase)))) {
				if nearest = max(nearest, held(v, asked, rare, found)); nearest == 0 && idiom(v, said) {
					nearest = 1
				}
			}
		}
		if nearest < replyFrom {
			continue
		}
		sum := nearest
		for w := range found {
			sum += asked[w] * rare(w)
		}
		if sum > most+1e-9 { // sums of a map's values differ in their last digits
			best, most = i, sum
		}
	}
	if best < 0 {
		return "", false
	}
	return facts[best].Says, true
}

// held is the part of a phrase's subject words that a question holds, by weight; it notes all shared words in found.
func held(p lexicon.Phrase, asked map[string]float64, rare func(string) float64, found map[string]bool) float64 {
	var have, all float64
	for i, w := range p.Folded {
		weight, shared := asked[w]
		if shared {
			found[w] = true
		}
		if lexicon.Function(p.Words[i]) {
			continue
		}
		all += rare(w)
		if shared {
			have += weight * rare(w)
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// idiom says that a phrase of nothing but grammar, such as "how often", stands in the question as it is.
func idiom(p lexicon.Phrase, said string) bool {
	for _, w := range p.Words {
		if !lexicon.Function(w) {
			return false
		}
	}
	return len(p.Folded) > 1 && strings.Contains(said, " "+strings.Join(p.Folded, " ")+" ")
}

// aloud is a text word by word, each with a space before and after it.
func aloud(text string) string {
	var b strings.Builder
	for _, tok := range lexicon.Read(text, nil).Tokens {
		b.WriteString(" " + strings.ToLower(text[tok.Start:tok.End]))
	}
	return b.String() + " "
}

// wordsOf are the stems of a text with their weight.
func wordsOf(text string) map[string]float64 {
	words := map[string]float64{}
	for _, tok := range lexicon.Read(text, nil).Tokens {
		word := strings.ToLower(text[tok.Start:tok.End])
		if lexicon.Function(word) {
			words[word] = grammarWeight
		} else {
			words[string(lexicon.Stem([]byte(word)))] = 1
		}
	}
	return words
}

// rarity weighs a stem by how many facts are asked for with it: 1 where all are.
func rarity(facts []bank.Fact) func(string) float64 {
	in := map[string]float64{}
	for _, f := range facts {
		for w := range wordsOf(strings.Join(f.Asked, " . ")) {
			in[w]++
		}
	}
	return func(w string) float64 { return 1 + math.Log(float64(len(facts))/max(1, in[w])) }
}
