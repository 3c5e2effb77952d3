package web_test

// The register is the coordinators'.
func init() {
	for _, list := range []string{"people", "leaders", "units", "venues"} {
		for _, page := range []string{"", "/export", "/:id"} {
			access["GET /"+list+page] = "coordinator"
		}
	}
}
