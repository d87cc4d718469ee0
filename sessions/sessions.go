// Package sessions holds a few example sessions, so that a review has something to show on the first day.
package sessions
