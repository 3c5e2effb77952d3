package web

// Ballast is for a server to hold as long as it runs. Garbage is collected when
// the heap has doubled, and a collection costs as much as several pages and slows
// the one it falls into: with this they are hundreds of pages apart in a small
// programme too. Nobody writes to it, so it takes no memory.
func Ballast() []byte { return make([]byte, 256<<20) }
