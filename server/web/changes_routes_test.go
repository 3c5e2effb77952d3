package web_test

// What has happened, and what is done by hand, is the coordinators'.
func init() {
	for _, route := range []string{"GET /changes", "GET /changes/event", "POST /changes/event", "POST /changes/withdraw",
		"GET /changes/proposal", "POST /changes/proposal", "POST /changes/undo",
		"GET /seminars/:id/change", "POST /seminars/:id/move", "POST /seminars/:id/leaders", "POST /seminars/:id/swap",
		"POST /seminars/:id/cancel", "POST /seminars/:id/lock"} {
		access[route] = "coordinator"
	}
}
