package web_test

// The register is the coordinators'.
func init() {
	for _, route := range []string{"GET /people/import", "POST /people/import", "GET /people/import/:token", "POST /people/import/:token", "POST /people/import/:token/drop",
		"GET /people/:id/merge", "POST /people/:id/merge", "POST /people/views", "POST /people/views/drop", "POST /people/views/undo"} {
		access[route] = "coordinator"
	}
	for _, list := range []string{"people", "leaders", "units", "venues"} {
		for _, page := range []string{"", "/export", "/:id"} {
			access["GET /"+list+page] = "coordinator"
		}
		if list != "leaders" { // who are people
			access["GET /"+list+"/:id/edit"], access["POST /"+list+"/:id/edit"] = "coordinator", "coordinator"
		}
	}
}
