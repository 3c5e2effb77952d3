// Package roster carries people, units and venues between Kaskad and
// spreadsheets: lists out as XLSX and CSV, staff registers in.
//
// Three names to know: Table is a list on its way out, Read finds the table in
// whatever file a staff system gave, Compare says what taking it in would change.
// Nothing here touches the store: the caller shows the comparison first and
// commits exactly that.
package roster
