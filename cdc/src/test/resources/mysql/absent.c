/*
 * Stands in for libaio.so.1 and libnuma.so.1, which the MySQL server of the tests is linked with and does not use:
 * asynchronous I/O is switched off, and the machine tells that it has one memory node only.
 *
 *   gcc -shared -nostdlib -fPIC -Os -s -Wl,--version-script=absent.map -Wl,-z,noseparate-code \
 *       -Wl,--hash-style=gnu -Wl,--build-id=none absent.c -o absent.so
 */
void *numa_all_nodes_ptr = 0;

/* Fails, as on a kernel without it: -ENOSYS. */
static long none(void) { return -38; }

long io_setup(void) { return none(); }
long io_submit(void) { return none(); }
long io_getevents(void) { return none(); }

/* There is nothing to ask. */
int numa_available(void) { return -1; }
int numa_node_of_cpu(int cpu) { return 0; }
int numa_num_configured_cpus(void) { return 1; }
void *numa_alloc_local(unsigned long bytes) { return 0; }
void *numa_alloc_onnode(unsigned long bytes, int node) { return 0; }
void numa_free(void *memory, unsigned long bytes) {}
long mbind(void) { return none(); }
long set_mempolicy(void) { return none(); }
