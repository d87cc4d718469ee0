// Package report draws a session as text.
package report
