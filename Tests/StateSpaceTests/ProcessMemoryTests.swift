import Glibc
import Testing

@testable import StateSpace

@Suite("The memory of the process") struct ProcessMemoryTests {
  /// The limit according to a tree of files.
  private func limit(_ files: [String: String]) -> Int? { ProcessMemory.limitOfGroups { files[$0] } }

  @Test("In version 2 the smallest limit of the group and its parents counts") func versionTwo() {
    var files = ["/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "max\n"]
    #expect(limit(files) == nil)
    files["/sys/fs/cgroup/a/memory.max"] = "3000\n"
    #expect(limit(files) == 3000)
    files["/sys/fs/cgroup/a/b/memory.high"] = "2000\n"
    #expect(limit(files) == 2000)
    files["/sys/fs/cgroup/memory.max"] = "1000\n"
    #expect(limit(files) == 1000)
    files["/sys/fs/cgroup/c/memory.max"] = "10\n"
    #expect(limit(files) == 1000, "a group of others")
  }

  @Test("In version 1, and if both exist, the memory controller's line counts") func versionOne() {
    let files = [
      "/proc/self/cgroup": "5:cpu,cpuacct:/x\n4:memory:/docker/1\n0::/\n",
      "/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes": "4096\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": "1\n",
    ]
    #expect(limit(files) == 4096)
  }

  @Test("A path that leaves the visible tree ends at the root") func outside() {
    #expect(
      limit(["/proc/self/cgroup": "0::/../../other\n", "/sys/fs/cgroup/memory.max": "7\n"]) == 7)
    #expect(limit([:]) == nil)
  }

  @Test("Resident memory is not more than its peak") func figures() throws {
    let resident = try #require(ProcessMemory.resident)
    let peak = try #require(ProcessMemory.peak)
    #expect(resident > 1 << 20)
    #expect(peak >= resident / 2)
  }

  @Test("Reserved memory is zero and can be written to its end") func reservation() throws {
    let reservation = try Reservation<UInt32>(atMost: 1 << 20)
    #expect(reservation.capacity == 1 << 20)
    #expect(reservation.base[reservation.capacity - 1] == 0)
    reservation.base[reservation.capacity - 1] = 7
    #expect(reservation.base[reservation.capacity - 1] == 7)
    #expect(throws: ValueError.self) { _ = try Reservation<UInt32>(capacity: 1 << 58) }
  }
}
