import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useRunForm } from '../../../../renderer/stores/run-form'

beforeEach(() => setActivePinia(createPinia()))

it('is one plan: the form and the line follow each other', () => {
  const form = useRunForm()
  expect([form.line, form.isComplete]).toEqual(['docker run -d', false])
  form.type('name', 'web')
  form.type('command', 'sh -c "a  b"')
  expect([form.line, form.isComplete, form.problem]).toEqual(['docker run -d --name web', false, null])
  form.type('image', 'nginx')
  form.edit((plan) => { plan.modes.pid = 'host' })
  expect([form.line, form.isComplete]).toEqual([`docker run -d --name web --pid host nginx sh -c 'a  b'`, true])

  form.typeLine('sudo docker run \\\n  -p 80:80 -it app')
  expect([form.textOf('ports'), form.textOf('name'), form.plan.modes.pid, form.textOf('image')]).toEqual(['80:80', '', '', 'app'])
  // As it was written, until the form is changed.
  expect(form.line).toContain('sudo')
  form.type('memory', '64m')
  expect(form.line).toBe('docker run -it -p 80:80 --memory 64m app')
})

it('keeps the form where a line cannot be read, and says the word and the place', () => {
  const form = useRunForm()
  form.typeLine('docker run --name web nginx')
  const before = form.plan
  form.typeLine('docker run --nmae other nginx')
  expect(form.problem).toMatchObject({ code: 'RUN_LINE_FLAG_UNKNOWN', what: '“--nmae” is no flag of docker run (column 12).' })
  expect([form.plan, form.textOf('name'), form.isComplete, form.isLineAstray]).toEqual([before, 'web', false, true])
  form.restoreLine()
  expect([form.line, form.problem, form.isComplete]).toEqual(['docker run --name web nginx', null, true])
})

it('keeps what is typed wrongly in its field, and the plan as it was', () => {
  const form = useRunForm()
  form.typeLine('docker run -p 80:80 -m 64m nginx')
  form.type('ports', '80:80\n99999')
  expect([form.textOf('ports'), form.wrongOf('ports'), form.line]).toEqual(['80:80\n99999', 'This is no port to publish (“99999”). Write [ADDRESS:][HOST-PORT:]CONTAINER-PORT[/tcp|udp|sctp], such as 127.0.0.1:8080:80.', 'docker run -p 80:80 --memory 64m nginx'])
  form.type('image', 'no image')
  form.type('command', '\'')
  expect([form.wrongOf('image'), form.wrongOf('command')].every(wrong => wrong !== null)).toBe(true)
  form.ask()
  expect([form.isComplete, form.asked]).toEqual([false, null])
  form.typeLine('docker run nginx')
  expect([form.wrongOf('ports'), form.wrongOf('image'), form.isComplete]).toEqual([null, null, true])
})

it('says what contradicts itself, and asks about what will run in the background', () => {
  const form = useRunForm()
  form.typeLine('docker run --rm nginx')
  form.edit((plan) => { plan.restart = { policy: 'always', maximumRetries: 0 } })
  expect([form.problem?.code, form.isComplete, form.isLineAstray]).toEqual(['RUN_LINE_CONTRADICTS', false, false])
  form.edit((plan) => { plan.isRemovedAtEnd = false })
  form.ask()
  expect([form.asked?.isDetached, form.plan.isDetached]).toEqual([true, false])
})

it('takes a line that can be read in place of all that was typed', () => {
  const form = useRunForm()
  form.type('ports', 'x')
  form.typeLine('docker run --name again nginx')
  expect([form.plan.name, form.wrongOf('ports'), form.isComplete]).toEqual(['again', null, true])
})
