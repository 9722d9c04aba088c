import type { Container } from '../../shared/model/container'
import { visibleText } from '../../shared/text/visible-text'
import { formatAge } from './age'
import { pad } from './fit'
import { formatImage } from './image'
import { formatPorts } from './ports'

const COMMAND_WIDTH = 20
const GAP = 3

const HEADS = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES']

/** The columns of `docker ps`, a line each, as wide as their widest cell. */
export function containerTable(containers: readonly Container[], now: Date): string[] {
  const rows = [HEADS, ...containers.map(container => cells(container, now))]
  const widths = HEADS.map((_, column) => Math.max(...rows.map(row => [...row[column] ?? ''].length)) + GAP)
  return rows.map(row => row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('').trimEnd())
}

function cells(container: Container, now: Date): string[] {
  const { id, image, command, createdAt, status, ports, name } = container
  const age = now.getTime() - Date.parse(createdAt)
  return [id.slice(0, 12), formatImage(image), `"${cut(command)}"`, `${formatAge(age / 1000)} ago`, status, formatPorts(ports), name].map(visibleText)
}

function cut(command: string): string {
  const points = [...command]
  return points.length > COMMAND_WIDTH ? `${points.slice(0, COMMAND_WIDTH - 1).join('')}…` : command
}
