package io.framewarden.runtime.process;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The numbers of Linux's system calls on one kind of processor, as in the kernel's {@code
 * unistd.h}.
 *
 * @param architecture the kernel's constant, AUDIT_ARCH_...
 * @param numbers by name; calls that this processor does not have are left out
 */
record SystemCallTable(int architecture, Map<String, Integer> numbers) {
  /** What a decoder that is warm makes, whatever the arguments. */
  static final List<String> HARMLESS =
      names(
          """
          read=0/63 write=1/64 readv=19/65 writev=20/66 pread64=17/67 pwrite64=18/68 preadv=295/69
          pwritev=296/70 lseek=8/62 close=3/57 fstat=5/80 stat=4/- lstat=6/- newfstatat=262/79
          statx=332/291 access=21/- faccessat=269/48 faccessat2=439/439 readlink=89/-
          readlinkat=267/78 getdents64=217/61 getcwd=79/17 dup=32/23 dup2=33/- dup3=292/24 poll=7/-
          ppoll=271/73 select=23/- pselect6=270/72 statfs=137/43 fstatfs=138/44 mmap=9/222
          mprotect=10/226 munmap=11/215 mremap=25/216 brk=12/214 madvise=28/233 mincore=27/232
          msync=26/227 membarrier=324/283 futex=202/98 set_robust_list=273/99
          get_robust_list=274/100 rseq=334/293 set_tid_address=218/96 arch_prctl=158/-
          rt_sigaction=13/134 rt_sigprocmask=14/135 rt_sigreturn=15/139 rt_sigtimedwait=128/137
          rt_sigpending=127/136 sigaltstack=131/132 restart_syscall=219/128 getpid=39/172
          gettid=186/178 getppid=110/173 getuid=102/174 geteuid=107/175 getgid=104/176
          getegid=108/177 getrusage=98/165 getrlimit=97/163 times=100/153 uname=63/160
          sysinfo=99/179 getcpu=309/168 getrandom=318/278 clock_gettime=228/113
          clock_getres=229/114 clock_nanosleep=230/115 nanosleep=35/101 gettimeofday=96/169
          time=201/- sched_yield=24/124 sched_getaffinity=204/123 sched_getparam=143/121
          sched_getscheduler=145/120 sched_get_priority_max=146/125 sched_get_priority_min=147/126
          sched_getattr=315/275 getpriority=140/141 exit=60/93 exit_group=231/94
          """);

  /** What no confined program needs, from its first instruction on. */
  static final List<String> REFUSED =
      names(
          """
          socket=41/198 connect=42/203 bind=49/200 listen=50/201 accept=43/202 accept4=288/242
          bpf=321/280 io_uring_setup=425/425 io_uring_enter=426/426 io_uring_register=427/427
          keyctl=250/219 add_key=248/217 request_key=249/218 ptrace=101/117
          process_vm_readv=310/270 process_vm_writev=311/271 process_madvise=440/440
          pidfd_getfd=438/438 kcmp=312/272 perf_event_open=298/241 userfaultfd=323/282
          kexec_load=246/104 kexec_file_load=320/294 init_module=175/105 finit_module=313/273
          delete_module=176/106 open_by_handle_at=304/265 name_to_handle_at=303/264 setns=308/268
          acct=163/89 swapon=167/224 swapoff=168/225 reboot=169/142 quotactl=179/60
          lookup_dcookie=212/18 nfsservctl=180/42 clock_settime=227/112 settimeofday=164/170
          clock_adjtime=305/266 adjtimex=159/171 iopl=172/- ioperm=173/- syslog=103/116
          vhangup=153/58 fanotify_init=300/262 memfd_secret=447/447 move_pages=279/239
          migrate_pages=256/238 modify_ldt=154/-
          """);

  /** What only the wrapping in namespaces needs. */
  static final List<String> NAMESPACES =
      names("unshare=272/97 mount=165/40 umount2=166/39 pivot_root=155/41 chroot=161/51");

  /** What is allowed with some arguments only, and what this process calls itself. */
  private static final List<String> OTHERS =
      names(
          """
          clone=56/220 clone3=435/435 socketpair=53/199 open=2/- openat=257/56 openat2=437/437 ioctl=16/29
          fcntl=72/25 kill=62/129 tgkill=234/131 prctl=157/167 prlimit64=302/261 seccomp=317/277
          landlock_create_ruleset=444/444 landlock_add_rule=445/445 landlock_restrict_self=446/446
          """);

  private static final int X86_64 = 0xC000003E;
  private static final int AARCH64 = 0xC00000B7;

  /**
   * Of this machine.
   *
   * @throws IOException when its system or processor is none that is known here
   */
  static SystemCallTable here() throws IOException {
    String system = System.getProperty("os.name", "");
    String processor = System.getProperty("os.arch", "");
    if (system.equals("Linux") && processor.equals("amd64")) {
      return of(X86_64, 0);
    }
    if (system.equals("Linux") && processor.equals("aarch64")) {
      return of(AARCH64, 1);
    }
    throw new IOException("system calls of %s on %s are not known".formatted(system, processor));
  }

  /** Whether calls have a second set of numbers, for 32-bit programs of 64-bit processors. */
  boolean hasShadowNumbers() {
    return architecture == X86_64;
  }

  /** The number of a call that every processor has. */
  int number(String call) {
    return numbers.get(call);
  }

  /** The number of a call, empty where this processor does not have it. */
  OptionalInt find(String call) {
    Integer number = numbers.get(call);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static SystemCallTable of(int architecture, int column) {
    Map<String, Integer> numbers = new HashMap<>();
    Stream.of(HARMLESS, REFUSED, NAMESPACES, OTHERS)
        .flatMap(List::stream)
        .forEach(
            entry -> {
              String[] parts = entry.split("[=/]");
              if (!parts[1 + column].equals("-")) {
                numbers.put(parts[0], Integer.parseInt(parts[1 + column]));
              }
            });
    return new SystemCallTable(architecture, Map.copyOf(numbers));
  }

  private static List<String> names(String table) {
    return List.of(table.strip().split("\\s+"));
  }
}
