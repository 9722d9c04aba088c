/**
 * Signals every process that has the mark in its environment (proc_pid_environ(5)) with nothing but what each shell has itself; these shells pass
 * over the NULs between variables. The program that runs it has no such mark.
 */
const SIGNAL_MARKED = `for p in /proc/[0-9]*; do
  found=
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$1"*) found=1 ;; esac
  done < "$p/environ"
  [ -z "$found" ] || kill -s "$2" "\${p#/proc/}"
done 2> /dev/null
exit 0`

/** The program, for a shell of the container, that sends a signal (`HUP`, `KILL`) to all that inherited the mark: `NAME=value` in their environment. */
export const signalMarked = (shell: string, mark: string, signalName: string): string[] => [shell, '-c', SIGNAL_MARKED, 'isoscope', mark, signalName]
