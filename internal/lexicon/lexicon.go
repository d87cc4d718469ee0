// Package lexicon knows words: tokens with offsets, sentences and clauses, folding of inflections, abbreviations and
// synonyms, quantities with units.
package lexicon
