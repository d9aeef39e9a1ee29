package document

// readText reads a plain text as one block.
func readText(b *builder, data []byte) error {
	text, odd := decode(data)
	if odd {
		b.note(OddCharacters, "")
	}
	return b.block(Block{Place: "text", Text: text})
}
