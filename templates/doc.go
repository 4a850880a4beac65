// Package templates is the wording that offices may edit, embedded as text
// files: the settings of a new workspace, the fill-in form's words, and the
// sentences of a receipt, a reminder and a digest.
//
// It never holds layout and never decides which words are used. How a text of an
// office is laid over one of these is pipeline/wording.
package templates
