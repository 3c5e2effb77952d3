// Command show writes the gallery to a folder as plain files, or serves it
// under the content security policy of the real service.
//
//	go run ./ui/gallery/show -dir DIR
//	go run ./ui/gallery/show -listen localhost:8099
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"kaskad/ui"
	"kaskad/ui/gallery"
)

func main() {
	dir := flag.String("dir", "", "write the pages to this folder")
	listen := flag.String("listen", "", "serve the pages at this address")
	flag.Parse()
	if err := run(*dir, *listen); err != nil {
		log.Fatal(err)
	}
}

func run(dir, listen string) error {
	files, err := render()
	if err != nil {
		return err
	}
	if dir != "" {
		if err := write(dir, files); err != nil {
			return err
		}
	}
	if listen == "" {
		return nil
	}
	return serve(listen, files)
}

// render makes every page: the address without slash in front, and its HTML.
func render() (map[string][]byte, error) {
	zone, err := time.LoadLocation(gallery.Zone)
	if err != nil {
		return nil, err
	}
	r, err := ui.New(zone)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, lang := range ui.Languages {
		samples, err := gallery.Samples(lang)
		if err != nil {
			return nil, err
		}
		for _, s := range samples {
			for _, theme := range []string{"light", "dark"} {
				s.Page.Theme = theme
				var page bytes.Buffer
				if err := r.Render(&page, s.Page); err != nil {
					return nil, err
				}
				files[fmt.Sprintf("%s/%s-%s.html", lang, s.Name, theme)] = page.Bytes()
			}
		}
	}
	return files, nil
}

// write stores pages and static files so that they open without a server:
// absolute addresses of static files become relative.
func write(dir string, files map[string][]byte) error {
	for name, page := range files {
		page = bytes.ReplaceAll(page, []byte(`="`+ui.StaticPrefix), []byte(`="..`+ui.StaticPrefix))
		if err := writeFile(filepath.Join(dir, name), page); err != nil {
			return err
		}
	}
	hash := filepath.Base(filepath.Dir(ui.AssetURL("app.css")))
	static, err := fs.Sub(ui.Static(), hash)
	if err != nil {
		return err
	}
	return fs.WalkDir(static, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		return writeFile(filepath.Join(dir, "static", hash, name), data)
	})
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

func serve(address string, files map[string][]byte) error {
	mux := http.NewServeMux()
	mux.Handle(ui.StaticPrefix, http.StripPrefix(ui.StaticPrefix, http.FileServerFS(ui.Static())))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		page, ok := files[r.URL.Path[1:]]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", ui.ContentSecurityPolicy)
		if _, err := w.Write(page); err != nil {
			log.Print(err)
		}
	})
	fmt.Printf("http://%s/sv/overview-light.html\n", address)
	server := &http.Server{Addr: address, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}
