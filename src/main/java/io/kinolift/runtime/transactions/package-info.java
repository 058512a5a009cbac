/**
 * Transactions that a broker has ended but left open on a partition, so that readers wait without end (KAFKA-20734).
 * {@link io.kinolift.runtime.transactions.HangingTransactions} finds and closes them;
 * {@link io.kinolift.runtime.transactions.TransactionWatch} looks for them at the times when there may be some.
 */
package io.kinolift.runtime.transactions;
