import type { EngineStatus } from '../../shared/model/engine'

/** How a person starts an engine on this system. */
export function startSteps(platform: NodeJS.Platform): EngineStatus['startSteps'] {
  if (platform === 'darwin') {
    return [
      { text: 'Start Docker Desktop, and wait until its whale icon stands still.', command: 'open -a Docker' },
      { text: 'Or, with Colima:', command: 'colima start' },
      { text: 'Or, with OrbStack:', command: 'orb start' },
      { text: 'Then see that the engine answers:', command: 'docker version' },
    ]
  }
  return [
    { text: 'Start the engine:', command: 'sudo systemctl start docker' },
    { text: 'If your user may not open the socket, join its group, then log in again:', command: 'sudo usermod -aG docker "$USER"' },
    { text: 'Or, with Docker Desktop for Linux:', command: 'systemctl --user start docker-desktop' },
    { text: 'If Docker is not installed (Debian, Ubuntu):', command: 'sudo apt-get install docker.io' },
    { text: 'Then see that the engine answers:', command: 'docker version' },
  ]
}
