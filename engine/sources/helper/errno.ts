/** include/uapi/asm-generic/errno.h: the numbers of Linux, which those of this computer's own system may differ from. */
const NAMES = new Map([
  [1, 'EPERM'], [2, 'ENOENT'], [3, 'ESRCH'], [4, 'EINTR'], [5, 'EIO'], [6, 'ENXIO'], [7, 'E2BIG'], [9, 'EBADF'], [11, 'EAGAIN'], [12, 'ENOMEM'],
  [13, 'EACCES'], [14, 'EFAULT'], [16, 'EBUSY'], [17, 'EEXIST'], [18, 'EXDEV'], [19, 'ENODEV'], [20, 'ENOTDIR'], [21, 'EISDIR'], [22, 'EINVAL'],
  [23, 'ENFILE'], [24, 'EMFILE'], [25, 'ENOTTY'], [26, 'ETXTBSY'], [27, 'EFBIG'], [36, 'ENAMETOOLONG'], [38, 'ENOSYS'], [40, 'ELOOP'], [61, 'ENODATA'],
  [75, 'EOVERFLOW'], [95, 'EOPNOTSUPP'], [107, 'ENOTCONN'], [110, 'ETIMEDOUT'], [112, 'EHOSTDOWN'], [116, 'ESTALE'], [122, 'EDQUOT'],
])

export const errnoName = (number: number): string => NAMES.get(number) ?? `errno ${number}`
