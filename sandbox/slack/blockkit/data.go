package blockkit

const (
	cellFamily  = "cell"
	chartFamily = "chart"
)

// dataBlocks are tables and charts.
func dataBlocks() family {
	columns := object(shape{props: props{"align": enum("left", "center", "right"), "is_wrapped": boolean()}}).orNull()
	tableCell := of(cellFamily, "raw_text", "raw_number", "rich_text").unless(of(cellFamily, "raw_text", "rich_text"))
	return family{
		"table": {
			on: onMessage | onHome,
			props: common(props{
				"rows": list(1, 100, list(1, 20, tableCell)).must(), "column_settings": list(0, 20, columns),
			}),
			rules: []rule{oneTable, charactersUpTo("rows", 10_000)},
		},
		"data_table": {
			on: onMessage | onHome,
			props: common(props{
				"caption":   str(1, 0).must(),
				"rows":      list(2, 201, list(1, 20, of(cellFamily))).must(), // the first is the header
				"page_size": integer(1, 100), "row_header_column_index": atLeast(0),
			}),
			rules: []rule{oneTableOfAnyKind, sameWidth, headerCells, charactersUpTo("rows", 20_000)},
		},
		"data_visualization": {
			on: onMessage | onHome,
			props: common(props{
				"title": str(1, 50).must(), "chart": of(chartFamily).must(),
			}),
			rules: []rule{twoCharts},
		},
	}
}

func cells() family {
	return family{
		"raw_text":   {props: props{"text": str(1, 0).must()}},
		"raw_number": {props: props{"value": number().must(), "text": str(1, 0)}},
		"rich_text":  richText(),
		"action_cell": {props: props{
			"element":  of(elementFamily, "button").must(),
			"fallback": of(cellFamily, "raw_text", "raw_number"),
		}},
	}
}

func charts() family {
	label := str(1, 20).must()
	value := number().must()
	segment := object(shape{
		props: props{"label": label, "value": value.with(aboveZero)},
	})
	point := object(shape{props: props{"label": label, "value": value}})
	segments := list(1, 12, segment)
	series := list(1, 12, object(shape{props: props{"name": label, "data": list(1, 20, point).must()}}))
	axis := object(shape{props: props{
		"categories": list(1, 20, str(1, 20)).must(), "x_label": str(1, 50), "y_label": str(1, 50),
	}})
	plotted := shape{
		props: props{
			"series": series.must().unless(series.upTo(6)), "axis_config": axis.must(),
		},
		rules: []rule{seriesFitAxis},
	}
	return family{
		"pie": {props: props{"segments": segments.must().unless(segments.upTo(6))}},
		"bar": plotted, "area": plotted, "line": plotted,
	}
}
