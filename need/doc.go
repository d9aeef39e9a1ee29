// Package need is the domain: technology needs, their fields, the words of the
// contact that stand behind each value, and the rules that all of it keeps. It
// knows no channel, model, HTTP or SQL, and imports the standard library only.
package need
