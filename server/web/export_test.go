package web

// WaitForLetters returns when no sign-in mail is on its way.
func (s *Server) WaitForLetters() { s.letters.Wait() }
