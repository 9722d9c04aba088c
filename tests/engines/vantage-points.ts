import type { Step } from '../../shared/model/evidence'

/** Who looks, and at which engine: of tests/engines/engines.mjs. */
export interface VantagePoint {
  readonly name: string
  readonly engine: string
  /** `group`: an ordinary user who may open the engine's socket. `owner`: the user whose engine it is. */
  readonly as: 'root' | 'group' | 'owner'
  /** This computer's /proc is taken away, as if the engine were elsewhere. */
  readonly isElsewhere: boolean
  /** The step of the ladder whose facts have to be known here at least; where it is `helper`, the helper container may run. */
  readonly step: Step
  /** The engine is asked over SSH: through an sshd of its own on loopback. */
  readonly isOverSsh?: true
}

export const VANTAGE_POINTS: readonly VantagePoint[] = [
  { name: 'root', engine: 'docker', as: 'root', isElsewhere: false, step: 'root' },
  { name: 'docker group', engine: 'docker', as: 'group', isElsewhere: false, step: 'user' },
  { name: 'helper alone', engine: 'docker', as: 'root', isElsewhere: true, step: 'helper' },
  { name: 'docker group, helper', engine: 'docker', as: 'group', isElsewhere: false, step: 'helper' },
  { name: 'engine API alone', engine: 'docker', as: 'root', isElsewhere: true, step: 'engine-api' },
  { name: 'over SSH, helper', engine: 'docker', as: 'root', isElsewhere: true, step: 'helper', isOverSsh: true },
  { name: 'over SSH, engine API alone', engine: 'docker', as: 'root', isElsewhere: true, step: 'engine-api', isOverSsh: true },
  { name: 'remapped users, root', engine: 'docker-remapped', as: 'root', isElsewhere: false, step: 'root' },
  { name: 'remapped users, docker group', engine: 'docker-remapped', as: 'group', isElsewhere: false, step: 'user' },
  { name: 'remapped users, helper alone', engine: 'docker-remapped', as: 'root', isElsewhere: true, step: 'helper' },
  { name: 'remapped users, engine API alone', engine: 'docker-remapped', as: 'root', isElsewhere: true, step: 'engine-api' },
  { name: 'rootless, root', engine: 'docker-rootless', as: 'root', isElsewhere: false, step: 'root' },
  { name: 'rootless, its owner', engine: 'docker-rootless', as: 'owner', isElsewhere: false, step: 'user' },
  { name: 'rootless, engine API alone', engine: 'docker-rootless', as: 'root', isElsewhere: true, step: 'engine-api' },
  { name: 'Podman, root', engine: 'podman', as: 'root', isElsewhere: false, step: 'root' },
  { name: 'Podman, helper alone', engine: 'podman', as: 'root', isElsewhere: true, step: 'helper' },
  { name: 'Podman, engine API alone', engine: 'podman', as: 'root', isElsewhere: true, step: 'engine-api' },
  { name: 'rootless Podman, root', engine: 'podman-rootless', as: 'root', isElsewhere: false, step: 'root' },
  { name: 'rootless Podman, its owner', engine: 'podman-rootless', as: 'owner', isElsewhere: false, step: 'user' },
  { name: 'rootless Podman, engine API alone', engine: 'podman-rootless', as: 'root', isElsewhere: true, step: 'engine-api' },
  { name: 'virtual machine, helper', engine: 'virtual-machine', as: 'root', isElsewhere: false, step: 'helper' },
  { name: 'virtual machine, engine API alone', engine: 'virtual-machine', as: 'root', isElsewhere: false, step: 'engine-api' },
]
