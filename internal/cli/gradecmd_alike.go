package cli

import (
	"cmp"
	"interview/internal/bank"
	"slices"
	"unicode"
)

// Two submissions are near-identical where the shorter shares so many of its distinct runs of five words with the longer.
const (
	runOfWords = 5
	alikeShare = .8
)

// wordRuns are the hashes of the distinct runs of words of a text, sorted. Case and punctuation do not count.
func wordRuns(text string) []uint64 {
	const prime = 1099511628211
	var words []uint64
	h, inside := uint64(14695981039346656037), false
	end := func() {
		if inside {
			words = append(words, h)
			h, inside = 14695981039346656037, false
		}
	}
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		h, inside = (h^uint64(unicode.ToLower(r)))*prime, true
	}
	end()
	var runs []uint64
	for i := 0; i+runOfWords <= len(words); i++ {
		run := uint64(0)
		for _, w := range words[i : i+runOfWords] {
			run = (run^w)*prime + run>>29
		}
		runs = append(runs, run)
	}
	slices.Sort(runs)
	return slices.Compact(runs)
}

// twin is the submission that another one is near-identical to, and the share of the shorter's runs.
type twin struct {
	other int
	share float64
}

// twins finds for each text, given by its runs, one that is near-identical; other is -1 where there is none. A pair that
// shares enough must share one of the rarest fifth of the shorter's runs, so only the texts that hold one of these are
// compared: texts with a common template cost little.
func twins(texts [][]uint64) []twin {
	found := make([]twin, len(texts))
	rare := make([][]uint64, len(texts))
	holders := map[uint64][]int{}
	times := runTimes(texts)
	for i, runs := range texts {
		if rare[i] = rarest(runs, times); len(rare[i]) > 0 {
			for _, r := range rare[i] {
				holders[r] = nil
			}
		}
	}
	for i, runs := range texts {
		for _, r := range runs {
			if list, wanted := holders[r]; wanted {
				holders[r] = append(list, i)
			}
		}
	}
	bank.OnAllCores(len(texts), func(i int) { found[i] = pair(i, texts, rare[i], holders) })
	for i, t := range slices.Clone(found) {
		if t.other >= 0 && found[t.other].other < 0 {
			found[t.other] = twin{i, t.share}
		}
	}
	return found
}

// runTimes counts in how many texts each run stands; a run of one text has no entry.
func runTimes(texts [][]uint64) map[uint64]int32 {
	all := slices.Concat(texts...)
	slices.Sort(all)
	times := map[uint64]int32{}
	for i := 0; i < len(all); {
		k := i + 1
		for k < len(all) && all[k] == all[i] {
			k++
		}
		if k > i+1 {
			times[all[i]] = int32(k - i)
		}
		i = k
	}
	return times
}

// rarest are so many of the rarest runs that a text without one of them shares less than alikeShare; of these only the ones
// that another text has.
func rarest(runs []uint64, times map[uint64]int32) []uint64 {
	n := len(runs) - ceilShare(len(runs)) + 1
	if len(runs) == 0 {
		return nil
	}
	list := slices.Clone(runs)
	slices.SortStableFunc(list, func(a, b uint64) int { return cmp.Compare(times[a], times[b]) })
	return slices.DeleteFunc(list[:n], func(r uint64) bool { return times[r] == 0 })
}

// ceilShare is the least number of shared runs that counts.
func ceilShare(n int) int {
	k := int(alikeShare * float64(n))
	for float64(k) < alikeShare*float64(n)-1e-9 {
		k++
	}
	return k
}

// pair looks for a text that is at least as long as text i and near-identical.
func pair(i int, texts [][]uint64, rare []uint64, holders map[uint64][]int) twin {
	least := ceilShare(len(texts[i]))
	seen := make([]bool, len(texts))
	seen[i] = true
	for _, r := range rare {
		for _, k := range holders[r] {
			if seen[k] || len(texts[k]) < len(texts[i]) {
				continue
			}
			seen[k] = true
			if n := shared(texts[i], texts[k], least); n >= least {
				return twin{k, float64(n) / float64(len(texts[i]))}
			}
		}
	}
	return twin{other: -1}
}

// shared counts the runs that two sorted lists have in common, and stops early where they cannot reach least.
func shared(a, b []uint64, least int) int {
	n := 0
	for i, k := 0, 0; i < len(a) && k < len(b) && n+len(a)-i >= least; {
		switch {
		case a[i] < b[k]:
			i++
		case a[i] > b[k]:
			k++
		default:
			n, i, k = n+1, i+1, k+1
		}
	}
	return n
}
