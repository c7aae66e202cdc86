/**
 * Real database servers that tests start by themselves; start at {@link letopis.servers.DatabaseServers}, or at
 * {@link letopis.servers.PostgresServer} and its like for a server that is to be killed.
 */
@NullMarked
package letopis.servers;

import org.jspecify.annotations.NullMarked;
