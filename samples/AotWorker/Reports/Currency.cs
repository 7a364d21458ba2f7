namespace AotWorker.Reports;

public enum Currency
{
    Eur,
    Usd,
}
