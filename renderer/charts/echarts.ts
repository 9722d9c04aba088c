import { LineChart, SunburstChart, TreemapChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

export type { EChartsType }

/** A chart in an element. SVG: sharp at any zoom, readable by tests, and free of style elements, which the page's policy refuses. */
export function createChart(element: HTMLElement): EChartsType {
  use([LineChart, TreemapChart, SunburstChart, GridComponent, TooltipComponent, SVGRenderer])
  return init(element, null, { renderer: 'svg' })
}
