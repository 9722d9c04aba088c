/*
 * The program of the helper container: reads files of the kernel on request, so that Isoscope can see a machine whose /proc it cannot
 * open itself. It answers on stdout what is asked on stdin, opens nothing for writing, listens on nothing, parses nothing of what it
 * reads, and ends when stdin ends. Freestanding: no C library, nothing but the system calls below. helper/README.md has the protocol.
 */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef int i32;
typedef long i64;

/* ---- the kernel: numbers differ between the two machines (arch/x86/entry/syscalls, include/uapi/asm-generic/unistd.h) ---- */

#if defined(__x86_64__)
enum { SYS_read = 0, SYS_write = 1, SYS_close = 3, SYS_lseek = 8, SYS_getpid = 39, SYS_fcntl = 72, SYS_getppid = 110, SYS_fstatfs = 138,
       SYS_getdents64 = 217, SYS_exit_group = 231, SYS_openat = 257, SYS_readlinkat = 267, SYS_ppoll = 271, SYS_statx = 332 };
enum { O_DIRECTORY = 0200000, O_NOFOLLOW = 0400000 };

static i64 call(i64 number, i64 a, i64 b, i64 c, i64 d, i64 e) {
  register i64 r10 __asm__("r10") = d;
  register i64 r8 __asm__("r8") = e;
  i64 result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
  return result;
}
__asm__(".globl _start\n_start:\n  xor %ebp, %ebp\n  and $-16, %rsp\n  call answer_requests\n");
#elif defined(__aarch64__)
enum { SYS_fcntl = 25, SYS_fstatfs = 44, SYS_openat = 56, SYS_close = 57, SYS_getdents64 = 61, SYS_lseek = 62, SYS_read = 63, SYS_write = 64,
       SYS_ppoll = 73, SYS_readlinkat = 78, SYS_exit_group = 94, SYS_getpid = 172, SYS_getppid = 173, SYS_statx = 291 };
enum { O_DIRECTORY = 040000, O_NOFOLLOW = 0100000 };

static i64 call(i64 number, i64 a, i64 b, i64 c, i64 d, i64 e) {
  register i64 x8 __asm__("x8") = number;
  register i64 x0 __asm__("x0") = a;
  register i64 x1 __asm__("x1") = b;
  register i64 x2 __asm__("x2") = c;
  register i64 x3 __asm__("x3") = d;
  register i64 x4 __asm__("x4") = e;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
  return x0;
}
__asm__(".globl _start\n_start:\n  mov x29, #0\n  mov x30, #0\n  bl answer_requests\n");
#else
#error "built for amd64 and arm64"
#endif

enum { O_RDONLY = 0, O_NOCTTY = 0400, O_NONBLOCK = 04000, O_CLOEXEC = 02000000, O_PATH = 010000000 };
enum { AT_SYMLINK_NOFOLLOW = 0x100, AT_NO_AUTOMOUNT = 0x800, AT_EMPTY_PATH = 0x1000, STATX_BASIC_STATS = 0x7ff, F_SETPIPE_SZ = 1031, POLLIN = 1 };
enum { EINTR = 4, EBADF = 9, EMFILE = 24, EFBIG = 27 };
enum { S_IFMT = 0170000, S_IFREG = 0100000 };

/* include/uapi/linux/stat.h: the same on every machine, unlike struct stat. */
struct statx {
  u32 mask, blksize;
  u64 attributes;
  u32 nlink, uid, gid;
  u16 mode, spare0;
  u64 ino, size, blocks, attributes_mask;
  struct { i64 sec; u32 nsec; i32 reserved; } atime, btime, ctime, mtime;
  u32 rdev_major, rdev_minor, dev_major, dev_minor;
  u64 spare[14];
};
struct dirent64 { u64 ino; i64 off; u16 reclen; u8 type; char name[]; };
struct pollfd { i32 fd; u16 events, revents; };

void *memcpy(void *to, const void *from, u64 length) {
  for (u64 at = 0; at < length; at++)
    ((u8 *)to)[at] = ((const u8 *)from)[at];
  return to;
}

static __attribute__((noreturn)) void end(i32 code) {
  for (;;)
    call(SYS_exit_group, code, 0, 0, 0, 0);
}
static i64 open_at(i64 folder, const char *name, i64 flags) { return call(SYS_openat, folder, (i64)name, flags | O_CLOEXEC | O_NOCTTY, 0, 0); }
static void close_fd(i64 fd) { call(SYS_close, fd, 0, 0, 0, 0); }
static i64 status_of(i64 folder, const char *name, i64 flags, struct statx *status) {
  return call(SYS_statx, folder, (i64)name, flags | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, (i64)status);
}

/* ---- the protocol ---- */

enum { PROTOCOL = 1, IDLE_SECONDS = 600 };
enum { HELLO = 1, PIDS, READ, LINK, LIST, STATUS, FOLLOWED, OPEN, CLOSE, FILE_SYSTEM, PROCESSES };
enum { DONE = 0, MORE = 0x10000, NOT_REGULAR = 0x10001 };
enum { MALFORMED = 2 };

enum { BELOW_PROC = 0xffffffff };
enum { MOST_HANDLES = 4096, REQUEST_BYTES = 1 << 20, ANSWER_BYTES = 4 << 20, FLUSH_BYTES = 1 << 16, HEADER_BYTES = 12 };
/* proc_pid_status(5): a process may be in 65,536 groups, each named in one line. One byte more than 64 KiB of arguments shows that there is more. */
enum { STAT_BYTES = 1 << 14, TEXT_BYTES = 1 << 20, ARGUMENT_BYTES = (1 << 16) + 1, LINK_BYTES = 4096 };

static u8 request[REQUEST_BYTES];
static u8 answer[ANSWER_BYTES];
static u8 entries[1 << 16] __attribute__((aligned(8)));
static u64 answer_length;
static u32 request_id;
static i64 proc;
static u8 is_handle[MOST_HANDLES];

static void put_bytes(const void *bytes, u64 length) {
  memcpy(answer + answer_length, bytes, length);
  answer_length += length;
}
static void put8(u8 value) { answer[answer_length++] = value; }
static void put16(u16 value) { put_bytes(&value, 2); }
static void put32(u32 value) { put_bytes(&value, 4); }
static void put64(u64 value) { put_bytes(&value, 8); }

/** Sends what was put, as one frame of the answer: size of what follows, id, state. */
static void send(u32 state) {
  u32 header[3] = { (u32)answer_length - 4, request_id, state };
  memcpy(answer, header, HEADER_BYTES);
  for (u64 sent = 0; sent < answer_length;) {
    i64 count = call(SYS_write, 1, (i64)(answer + sent), answer_length - sent, 0, 0);
    if (count < 0 && count != -EINTR)
      end(1);
    sent += count < 0 ? 0 : (u64)count;
  }
  answer_length = HEADER_BYTES;
}
static void send_result(i64 result) { send(result < 0 ? (u32)-result : DONE); }
static void flush_when_full(void) {
  if (answer_length >= FLUSH_BYTES)
    send(MORE);
}

/** Exactly `length` bytes of stdin. It ends with stdin, and after a long silence: a client whose machine went away says nothing any more. */
static void receive(u8 *to, u64 length) {
  while (length > 0) {
    struct pollfd input = { 0, POLLIN, 0 };
    i64 timeout[2] = { IDLE_SECONDS, 0 };
    if (call(SYS_ppoll, (i64)&input, 1, (i64)timeout, 0, 8) == 0)
      end(0);
    i64 count = call(SYS_read, 0, (i64)to, length, 0, 0);
    if (count == -EINTR)
      continue;
    if (count <= 0)
      end(0);
    to += count;
    length -= count;
  }
}

/* ---- one request ---- */

static const u8 *next_argument, *end_of_arguments;

static u32 take32(void) {
  u32 value;
  if (end_of_arguments - next_argument < 4)
    end(MALFORMED);
  memcpy(&value, next_argument, 4);
  next_argument += 4;
  return value;
}

/** A path is the rest of its request; levels are parted by slashes, none is empty, `.` or `..`. It may be empty: the base itself. */
static char *take_path(void) {
  char *path = (char *)next_argument;
  u64 level = 0;
  for (const u8 *at = next_argument; at <= end_of_arguments; at++) {
    u8 character = at == end_of_arguments ? '/' : *at;
    if (character == 0)
      end(MALFORMED);
    if (character != '/') {
      level++;
      continue;
    }
    if ((level == 0 && path != (char *)end_of_arguments) || (level == 1 && at[-1] == '.') || (level == 2 && at[-1] == '.' && at[-2] == '.'))
      end(MALFORMED);
    level = 0;
  }
  path[end_of_arguments - next_argument] = 0; /* `request` has one byte more than the longest request */
  next_argument = end_of_arguments;
  return path;
}

struct place { i64 folder; const char *name; i64 last_flags; i32 is_opened; };

/**
 * Walks to the folder of the last level without following any link: O_NOFOLLOW on each. Two kinds are followed, both of procfs's own
 * making: the first level below /proc (`self`, `net`), and, where the request says so, the last (`1234/root`, `1234/ns/pid`).
 */
static i64 walk(u32 base, char *path, struct place *place) {
  if (base != BELOW_PROC && (base >= MOST_HANDLES || !is_handle[base]))
    return -EBADF;
  place->folder = base == BELOW_PROC ? proc : (i64)base;
  place->is_opened = 0;
  i32 is_first = base == BELOW_PROC;
  for (char *at = path;; at++) {
    if (*at == 0)
      break;
    if (*at != '/')
      continue;
    *at = 0;
    i64 next = open_at(place->folder, path, O_PATH | O_DIRECTORY | (is_first ? 0 : O_NOFOLLOW));
    if (place->is_opened)
      close_fd(place->folder);
    if (next < 0)
      return next;
    place->folder = next;
    place->is_opened = 1;
    is_first = 0;
    path = at + 1;
  }
  place->name = *path == 0 ? "." : path;
  place->last_flags = is_first ? 0 : O_NOFOLLOW;
  return 0;
}
static void leave(struct place *place) {
  if (place->is_opened)
    close_fd(place->folder);
}

static i32 is_regular(i64 fd) {
  struct statx status;
  return status_of(fd, "", AT_EMPTY_PATH, &status) == 0 && (status.mode & S_IFMT) == S_IFREG;
}

static u64 put_number(char *to, u64 value) {
  char digits[20];
  u64 count = 0, length = 0;
  do
    digits[count++] = '0' + value % 10;
  while ((value /= 10) > 0);
  while (count > 0)
    to[length++] = digits[--count];
  return length;
}

/**
 * Opens a regular file of anything but procfs by a descriptor that only names it, so that no driver or fifo behind another kind of file
 * hears of it (open(2), O_PATH). Gives -NOT_REGULAR for those.
 */
static i64 open_regular(struct place *place, i32 is_proc) {
  if (is_proc)
    return open_at(place->folder, place->name, O_RDONLY | O_NONBLOCK | place->last_flags);
  i64 named = open_at(place->folder, place->name, O_PATH | O_NOFOLLOW);
  if (named < 0)
    return named;
  char path[32] = "self/fd/";
  path[8 + put_number(path + 8, named)] = 0;
  i64 file = is_regular(named) ? open_at(proc, path, O_RDONLY | O_NONBLOCK) : -NOT_REGULAR;
  close_fd(named);
  return file;
}

/** READ most, base, path: at most so many bytes. */
static void answer_read(void) {
  u64 most = take32();
  u32 base = take32();
  struct place place;
  i64 file = walk(base, take_path(), &place);
  if (file == 0) {
    file = open_regular(&place, base == BELOW_PROC);
    leave(&place);
  }
  if (file < 0)
    return send_result(file);
  i64 count = 0;
  while (most > 0) {
    u64 room = ANSWER_BYTES - answer_length;
    count = call(SYS_read, file, (i64)(answer + answer_length), most < room ? most : room, 0, 0);
    if (count <= 0)
      break;
    answer_length += count;
    most -= count;
    flush_when_full();
  }
  close_fd(file);
  send_result(count < 0 ? count : 0);
}

/** LINK base, path: where it points; nothing is followed. */
static void answer_link(void) {
  u32 base = take32();
  struct place place;
  i64 count = walk(base, take_path(), &place);
  if (count == 0) {
    count = call(SYS_readlinkat, place.folder, (i64)place.name, (i64)(answer + answer_length), LINK_BYTES, 0);
    leave(&place);
  }
  if (count > 0)
    answer_length += count;
  send_result(count < 0 ? count : 0);
}

/** st_dev as glibc and Node.js have it (gnu_dev_makedev). */
static u64 device_of(const struct statx *status) {
  u64 high = status->dev_major, low = status->dev_minor;
  return (high & 0xfffff000) << 32 | (high & 0xfff) << 8 | (low & 0xffffff00) << 12 | (low & 0xff);
}

/** 64 bytes. */
static void put_status(const struct statx *status) {
  put32(status->mode);
  put32(status->uid);
  put32(status->gid);
  put32(status->nlink);
  put64(device_of(status));
  put64(status->ino);
  put64(status->size);
  put64(status->blocks);
  put64(status->mtime.sec);
  put32(status->mtime.nsec);
  put32(0);
}

/** STATUS base, path: lstat(2). FOLLOWED path: stat(2) below /proc, where the last link is the kernel's own. Both: the status. */
static void answer_status(u32 base, i64 flags) {
  struct place place;
  struct statx status;
  i64 result = walk(base, take_path(), &place);
  if (result == 0) {
    result = status_of(place.folder, place.name, flags, &status);
    leave(&place);
  }
  if (result == 0)
    put_status(&status);
  send_result(result);
}

/** OPEN base, path: a handle to a folder, and its status. Below /proc the last link is followed (`1234/root`), below a handle never. */
static void answer_open(void) {
  u32 base = take32();
  struct place place;
  struct statx status;
  i64 folder = walk(base, take_path(), &place);
  if (folder == 0) {
    folder = open_at(place.folder, place.name, O_RDONLY | O_DIRECTORY | (base == BELOW_PROC ? 0 : O_NOFOLLOW));
    leave(&place);
  }
  if (folder >= MOST_HANDLES) {
    close_fd(folder);
    folder = -EMFILE;
  }
  i64 result = folder < 0 ? folder : status_of(folder, "", AT_EMPTY_PATH, &status);
  if (folder >= 0 && result < 0)
    close_fd(folder);
  if (result == 0) {
    is_handle[folder] = 1;
    put32(folder);
    put_status(&status);
  }
  send_result(result);
}

static void answer_close(void) {
  u32 handle = take32();
  if (handle >= MOST_HANDLES || !is_handle[handle])
    return send_result(-EBADF);
  is_handle[handle] = 0;
  close_fd(handle);
  send_result(0);
}

/** FILE_SYSTEM handle: f_type of statfs(2), the first field of its structure. */
static void answer_file_system(void) {
  u32 handle = take32();
  u64 found[32];
  if (handle >= MOST_HANDLES || !is_handle[handle])
    return send_result(-EBADF);
  i64 result = call(SYS_fstatfs, handle, (i64)found, 0, 0, 0);
  if (result == 0)
    put64(found[0]);
  send_result(result);
}

/** The kinds of dirent are the four upper bits of a mode; 0 where the file system does not say. */
static u8 kind_of(u8 type, i64 folder, const char *name) {
  struct statx status;
  return type == 0 && status_of(folder, name, AT_SYMLINK_NOFOLLOW, &status) == 0 ? status.mode >> 12 : type;
}

static i32 is_itself_or_above(const char *name) { return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)); }

/** LIST with_status, base, path: kind, length and bytes of each name; when wanted, errno and status of each regular file. */
static void answer_list(void) {
  u32 with_status = take32();
  u32 base = take32();
  struct place place;
  i64 folder = walk(base, take_path(), &place);
  if (folder == 0) {
    folder = open_at(place.folder, place.name, O_RDONLY | O_DIRECTORY | place.last_flags);
    leave(&place);
  }
  if (folder < 0)
    return send_result(folder);
  i64 count;
  while ((count = call(SYS_getdents64, folder, (i64)entries, sizeof entries, 0, 0)) > 0) {
    for (i64 at = 0; at < count; at += ((struct dirent64 *)(entries + at))->reclen) {
      struct dirent64 *entry = (struct dirent64 *)(entries + at);
      u64 length = 0;
      if (is_itself_or_above(entry->name))
        continue;
      while (entry->name[length] != 0)
        length++;
      u8 kind = kind_of(entry->type, folder, entry->name);
      put8(kind);
      put16(length);
      put_bytes(entry->name, length);
      if (with_status && kind == S_IFREG >> 12) {
        struct statx status;
        i64 result = status_of(folder, entry->name, AT_SYMLINK_NOFOLLOW, &status);
        put32(-result);
        if (result == 0)
          put_status(&status);
      }
      flush_when_full();
    }
  }
  close_fd(folder);
  send_result(count);
}

/* ---- processes ---- */

static u32 pid_of(const char *name) {
  u32 pid = 0;
  for (; *name >= '0' && *name <= '9'; name++)
    pid = pid * 10 + (*name - '0');
  return *name == 0 ? pid : 0;
}

enum { WANT_STAT = 1, WANT_EVERYTHING = 2 };
/* The order of NAMESPACE_TYPES in shared/model/namespace.ts. */
static const char *const NAMESPACES[] = { "ns/mnt", "ns/pid", "ns/net", "ns/ipc", "ns/uts", "ns/user", "ns/cgroup", "ns/time" };

static void put_outcome(u64 start, i64 count) {
  u32 head = count < 0 ? (u32)-count | 0x80000000u : (u32)count;
  memcpy(answer + start, &head, 4);
  if (count > 0)
    answer_length += count;
}

/**
 * Length and bytes, or errno + 2^31 where the length is. The kernel makes these files whole in one read (fs/proc/base.c); what does not
 * fit in `most` is EFBIG, unless it may be cut.
 */
static void put_file(i64 folder, const char *name, u64 most, i32 may_be_cut) {
  u64 start = answer_length;
  put32(0);
  i64 count = open_at(folder, name, O_RDONLY);
  if (count >= 0) {
    i64 file = count;
    count = call(SYS_read, file, (i64)(answer + answer_length), most, 0, 0);
    close_fd(file);
  }
  if (count == (i64)most && !may_be_cut)
    count = -EFBIG;
  put_outcome(start, count);
}

static void put_link(i64 folder, const char *name) {
  u64 start = answer_length;
  put32(0);
  put_outcome(start, call(SYS_readlinkat, folder, (i64)name, (i64)(answer + answer_length), LINK_BYTES, 0));
}

/**
 * One process: its PID, then the outcome of each file. They are opened below a descriptor of the process, which stays that process's: once
 * it is gone they are too, though its PID may be another's by then. `cmdline` is last, so what came before it was there until then.
 */
static void put_process(u32 pid, u32 wanted) {
  char path[32];
  u64 length = put_number(path, pid);
  put32(pid);
  if (wanted == WANT_STAT) {
    memcpy(path + length, "/stat", 6);
    put_file(proc, path, STAT_BYTES, 0);
    return flush_when_full();
  }
  path[length] = 0;
  i64 folder = open_at(proc, path, O_PATH | O_DIRECTORY);
  if (folder < 0) {
    answer_length -= 4;
    return;
  }
  put_file(folder, "stat", STAT_BYTES, 0);
  put_file(folder, "status", TEXT_BYTES, 0);
  put_file(folder, "cgroup", TEXT_BYTES, 0);
  for (u32 index = 0; index < sizeof NAMESPACES / sizeof *NAMESPACES; index++)
    put_link(folder, NAMESPACES[index]);
  put_file(folder, "cmdline", ARGUMENT_BYTES, 1);
  close_fd(folder);
  flush_when_full();
}

/** Goes through /proc; with `wanted` each process is put whole, else its PID alone. */
static void put_all_processes(u32 wanted) {
  i64 folder = open_at(proc, ".", O_RDONLY | O_DIRECTORY), count;
  if (folder < 0)
    return send_result(folder);
  while ((count = call(SYS_getdents64, folder, (i64)entries, sizeof entries, 0, 0)) > 0) {
    for (i64 at = 0; at < count; at += ((struct dirent64 *)(entries + at))->reclen) {
      u32 pid = pid_of(((struct dirent64 *)(entries + at))->name);
      if (pid == 0)
        continue;
      if (wanted) {
        put_process(pid, wanted);
        continue;
      }
      put32(pid);
      flush_when_full();
    }
  }
  close_fd(folder);
  send_result(count);
}

/** PROCESSES wanted, pids…: those, or all when none is named. */
static void answer_processes(void) {
  u32 wanted = take32();
  if ((wanted != WANT_STAT && wanted != WANT_EVERYTHING) || (end_of_arguments - next_argument) % 4 != 0)
    end(MALFORMED);
  if (next_argument == end_of_arguments)
    return put_all_processes(wanted);
  while (next_argument < end_of_arguments)
    put_process(take32(), wanted);
  send(DONE);
}

/** HELLO: the protocol's number, and the PIDs of this program and its parent as the engine's machine has them. */
static void answer_hello(void) {
  put32(PROTOCOL);
  put32(call(SYS_getpid, 0, 0, 0, 0, 0));
  put32(call(SYS_getppid, 0, 0, 0, 0, 0));
  send(DONE);
}

static void answer_request(u8 operation) {
  switch (operation) {
    case HELLO: answer_hello(); break;
    case PIDS: put_all_processes(0); break;
    case READ: answer_read(); break;
    case LINK: answer_link(); break;
    case LIST: answer_list(); break;
    case STATUS: answer_status(take32(), AT_SYMLINK_NOFOLLOW); break;
    case FOLLOWED: answer_status(BELOW_PROC, 0); break;
    case OPEN: answer_open(); break;
    case CLOSE: answer_close(); break;
    case FILE_SYSTEM: answer_file_system(); break;
    case PROCESSES: answer_processes(); break;
    default: end(MALFORMED);
  }
  if (next_argument != end_of_arguments)
    end(MALFORMED);
}

/** Each request: size of what follows, id, operation, arguments; all numbers are little-endian, as both machines have them. */
__attribute__((noreturn, used)) void answer_requests(void) {
  proc = open_at(-1, "/proc", O_PATH | O_DIRECTORY);
  if (proc < 0)
    end(1);
  call(SYS_fcntl, 1, F_SETPIPE_SZ, 1 << 20, 0, 0); /* a larger pipe lets reading and sending overlap; without it all is as right */
  answer_length = HEADER_BYTES;
  for (;;) {
    u32 size;
    receive((u8 *)&size, 4);
    if (size < 5 || size >= REQUEST_BYTES)
      end(MALFORMED);
    receive(request, size);
    memcpy(&request_id, request, 4);
    next_argument = request + 5;
    end_of_arguments = request + size;
    answer_request(request[4]);
  }
}
