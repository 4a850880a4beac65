package intake

// Free says how many bytes are free on the disk where dir lies, or would lie.
func Free(dir string) (int64, error) { return freeBytes(dir) }
